using System.Text.Json;

namespace SmartService.Gateway.Faults;

/// <summary>Says where JSON is wrong, without echoing what was sent.</summary>
internal static class JsonFaults
{
    public static Problem ToProblem(JsonException e) =>
        Problems.Invalid("The body is not the JSON this call takes; \"errors\" says where.", ToFault(e));

    /// <param name="line">The line of a file; null for a body, whose own line is told then.</param>
    public static Fault ToFault(JsonException e, int? line = null)
    {
        var path = e.Path is { Length: > 2 } p && p.StartsWith("$.", StringComparison.Ordinal) ? p[2..] : "";
        return new(path, Reason(e), line ?? (e.LineNumber is { } number ? (int)number + 1 : null));
    }

    private static string Reason(JsonException e)
    {
        // The library's own sentences name .NET types; these are for callers.
        var message = e.Message;
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return $"unknown field {Quoted(message)}";
        }

        if (message.Contains("Duplicate propert", StringComparison.OrdinalIgnoreCase))
        {
            return "a field stands twice";
        }

        return message.Contains("could not be converted", StringComparison.Ordinal)
            ? "a value of another type is needed, or one of the listed words"
            : "not valid JSON here";
    }

    private static string Quoted(string message)
    {
        var start = message.IndexOf('\'', StringComparison.Ordinal);
        var end = start < 0 ? -1 : message.IndexOf('\'', start + 1);
        return end < 0 ? "" : $"\"{message[(start + 1)..end]}\"";
    }
}
