using System.CommandLine;
using SmartService.Engine.Embedded;
using SmartService.Gateway.Access;
using SmartService.Intent.Onnx;
using SmartService.ReadModels;

namespace SmartService.Host.Commands;

/// <summary><c>check</c>: reads through a data folder and names what is not as it was written.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var data = SharedOptions.Data();
        var command = new Command("check", "Reads through all data and names every record that is not as it was written; the server must be stopped.") { data };
        command.SetAction((parsed, _) => OneLine.GuardAsync(Console.Error, () => RunAsync(parsed.GetValue(data) ?? "data")));
        return command;
    }

    /// <summary>0: all is well. 1: something must be put back. 3: only what the next start makes anew is damaged.</summary>
    private static async Task<int> RunAsync(string folder)
    {
        var findings = EmbeddedCheck.Run(folder).ToList();
        if (ReadModelCheck.Fault(folder) is { } readModels)
        {
            findings.Add(new("readmodels.db", readModels, IsMadeAnew: true));
        }

        findings.AddRange(SecretCheck.Damaged(folder).Select(name => new DataFinding(name, "it is not as it was made", IsMadeAnew: false)));
        findings.AddRange(DamagedModels(EmbeddedData.CompanionsIn(folder)));
        foreach (var finding in findings)
        {
            await Console.Out.WriteLineAsync($"{finding.File}: {finding.What}. {(finding.IsMadeAnew ? "The next start makes it anew." : "Restore it from a backup.")}");
        }

        await Console.Out.WriteLineAsync(findings.Count == 0 ? "Everything is as it was written." : $"{findings.Count} found.");
        return findings.Count == 0 ? 0 : findings.TrueForAll(f => f.IsMadeAnew) ? 3 : 1;
    }

    private static IEnumerable<DataFinding> DamagedModels(string folder) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*.model", SearchOption.AllDirectories)
            .Where(file => ModelSeal.Verify(File.ReadAllBytes(file)) is not { } hash || hash != Path.GetFileNameWithoutExtension(file))
            .Select(file => new DataFinding(Path.GetRelativePath(folder, file), "its content does not match its own hash", IsMadeAnew: false));
}
