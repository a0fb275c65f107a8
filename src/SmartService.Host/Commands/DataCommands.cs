using System.CommandLine;
using SmartService.Backoffice.Members;
using SmartService.Engine.Embedded;
using SmartService.Host.Running;
using SmartService.ReadModels;

namespace SmartService.Host.Commands;

/// <summary><c>rebuild</c>, <c>backup</c> and <c>restore</c>.</summary>
internal static class DataCommands
{
    public static Command BuildRebuild()
    {
        var data = SharedOptions.Data();
        var command = new Command("rebuild", "Builds the read models anew from the journal; the server must be stopped.") { data };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, () => RebuildAsync(parsed.GetValue(data), ct)));
        return command;
    }

    public static Command BuildBackup()
    {
        var file = new Argument<string>("FILE") { Description = "File to write; must not exist" };
        var data = SharedOptions.Data();
        var command = new Command("backup", "Writes all data into one file, also while the server runs.") { file, data };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, async () =>
        {
            var target = parsed.GetValue(file)!;
            var folder = Folder(parsed.GetValue(data));
            using var members = MembersCopy.Lay(folder, EmbeddedData.CompanionsIn(folder));
            await EmbeddedBackup.BackupAsync(folder, target, ct);
            await Console.Out.WriteLineAsync($"Backed up to {Path.GetFullPath(target)}. Keys live beside the data: keep installation.key and admin.key too.");
            return 0;
        }));
        return command;
    }

    public static Command BuildRestore()
    {
        var file = new Argument<string>("FILE") { Description = "A file that backup wrote" };
        var data = SharedOptions.Data();
        var command = new Command("restore", "Puts a backup into a data folder that holds none; the server must be stopped.") { file, data };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, async () =>
        {
            var folder = Folder(parsed.GetValue(data));
            await EmbeddedBackup.RestoreAsync(parsed.GetValue(file)!, folder, ct);
            MembersCopy.Take(folder, EmbeddedData.CompanionsIn(folder));
            await Console.Out.WriteLineAsync($"Restored into {Path.GetFullPath(folder)}. Put installation.key and admin.key there too, or shoppers' tokens and signing secrets end.");
            return 0;
        }));
        return command;
    }

    private static async Task<int> RebuildAsync(string? data, CancellationToken ct)
    {
        await using var app = ServerSetup.BuildForRebuild(Folder(data));
        var last = 0L;
        var progress = new Progress<ReadModelProgress>(p => Interlocked.Exchange(ref last, p.Position));
        var rebuild = app.GetRequiredService<ReadModelRebuild>().RunAsync(progress, ct).AsTask();
        while (await Task.WhenAny(rebuild, Task.Delay(TimeSpan.FromSeconds(2), ct)) != rebuild)
        {
            await Console.Error.WriteLineAsync($"  … {Interlocked.Read(ref last):N0} events");
        }

        await Console.Out.WriteLineAsync($"Rebuilt from {await rebuild:N0} events.");
        return 0;
    }

    private static string Folder(string? data) => data ?? "data";
}
