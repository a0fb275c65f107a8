using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SmartService.Host.Commands;

internal static class VersionCommand
{
    public static string Text { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Build()
    {
        var command = new Command("version", "Says which version this is.");
        command.SetAction(_ =>
        {
            Console.Out.WriteLine($"SmartService {Text}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
            return 0;
        });
        return command;
    }
}
