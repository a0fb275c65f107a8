using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using SmartService.Engine;
using SmartService.Engine.Understanding;
using SmartService.Gateway.Access;
using SmartService.Host.Running;

namespace SmartService.Host.Commands;

/// <summary>What goes wrong for a reason a person can mend is told in one line that names the remedy; the exit code is 1.</summary>
internal static class OneLine
{
    public static async Task<int> GuardAsync(TextWriter error, Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception e) when (Explain(e) is { } lines)
        {
            foreach (var line in lines)
            {
                await error.WriteLineAsync("smartservice: " + line);
            }

            return 1;
        }
    }

    /// <summary>Null: not something a person can mend; it shall be seen whole.</summary>
    internal static IReadOnlyList<string>? Explain(Exception e) => e switch
    {
        SettingsException settings => settings.Faults,
        OptionsValidationException options => [.. options.Failures],
        AggregateException { InnerExceptions.Count: > 0 } many when many.InnerExceptions.All(i => Explain(i) is not null) =>
            [.. many.InnerExceptions.SelectMany(i => Explain(i)!)],
        DataFolderException or DataFormatException or SecretFileException or UnderstandingException => [Single(e.Message)],
        CommandException command => [command.Message],
        AddressInUseException or IOException { InnerException: AddressInUseException } =>
            [$"{AddressOf(e)} is in use. Stop the other program, or choose another port with --port N."],
        System.Net.Sockets.SocketException socket => [$"{Single(socket.Message)}. Choose another address with --urls."],
        InvalidOperationException { Message: var m } when m.Contains("'ErrorOnUnknownConfiguration'", StringComparison.Ordinal) =>
            [$"A setting is not known: {Single(m)} Check its name in docs/operations.md."],
        InvalidOperationException { Message: var m } when m.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => [Single(m)],
        _ => null,
    };

    private static string AddressOf(Exception e)
    {
        var message = e.Message;
        var start = message.IndexOf("http", StringComparison.Ordinal);
        var end = start < 0 ? -1 : message.IndexOf(": address", start, StringComparison.Ordinal);
        return end < 0 ? "The address" : message[start..end];
    }

    private static string Single(string message) => message.ReplaceLineEndings(" ").Trim();
}

/// <summary>A verb cannot do what it was asked; the message is one line and names the remedy.</summary>
internal sealed class CommandException(string message) : Exception(message);
