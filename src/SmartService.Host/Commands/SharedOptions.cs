using System.CommandLine;

namespace SmartService.Host.Commands;

/// <summary>Options that more than one verb has.</summary>
internal static class SharedOptions
{
    public static Option<string?> Data() => new("--data") { Description = "Folder of the data. Default ./data", HelpName = "DIR" };
}
