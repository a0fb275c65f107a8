using System.CommandLine;

namespace SmartService.Host.Commands;

/// <summary>The program's verbs.</summary>
internal static class HostCommands
{
    private const string Usual = "run";

    public static Task<int> InvokeAsync(string[] args)
    {
        // No time limit on ending: the web host stops by itself, in order, when it is told to.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null };
        return Build().Parse(WithVerb(args)).InvokeAsync(configuration);
    }

    internal static RootCommand Build() => new("SmartService: helps shoppers before they ask.")
    {
        RunCommand.Build(),
        IntentCommands.BuildTrain().WithPredictor(),
        IntentCommands.BuildEval().WithPredictions(),
        DataCommands.BuildRebuild(),
        DataCommands.BuildBackup(),
        DataCommands.BuildRestore(),
        CheckCommand.Build(),
        MembersCommands.BuildMembers(),
        MembersCommands.BuildAudit(),
        ReplayCommand.Build(),
        HealthCommand.Build(),
        VersionCommand.Build(),
    };

    private static string[] WithVerb(string[] args) =>
        args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version")) ? [Usual, .. args] : args;
}
