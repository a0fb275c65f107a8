using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>Reads JSON lines to the end and collects every fault with its line, so that a file is mended in one go.</summary>
internal static class JsonLines
{
    public const int MaxLines = 100_000;
    private const int MaxLineBytes = 1024 * 1024;
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <param name="check">Called with a line's value; adds its faults.</param>
    /// <exception cref="ProblemException">At least one line is wrong: nothing may be written.</exception>
    public static async ValueTask<List<(int Line, TResult Value)>> ReadAsync<T, TResult>(
        PipeReader body, JsonTypeInfo<T> contract, Func<T, Checks, TResult> check, CancellationToken ct)
        where T : class
    {
        var values = new List<(int, TResult)>();
        var faults = new List<Fault>();
        var line = 0;
        await foreach (var text in LinesAsync(body, ct))
        {
            line++;
            var trimmed = text.Span.TrimStart(line == 1 ? ByteOrderMark : []).Trim(" \t\r"u8);
            if (trimmed.IsEmpty)
            {
                continue;
            }

            Read(trimmed, line, contract, check, values, faults);
            if (faults.Count >= Checks.MaxFaults || line > MaxLines)
            {
                break;
            }
        }

        if (line > MaxLines)
        {
            faults.Add(new("", $"more than {MaxLines:N0} lines; send the file in parts", line));
        }

        return faults.Count == 0
            ? values
            : throw new ProblemException(Problems.Invalid($"{faults.Count} faults; \"errors\" names the lines. Nothing was written.", [.. faults]));
    }

    private static void Read<T, TResult>(
        ReadOnlySpan<byte> text, int line, JsonTypeInfo<T> contract, Func<T, Checks, TResult> check, List<(int, TResult)> values, List<Fault> faults)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(text, contract) is not { } value)
            {
                faults.Add(new("", "null is no value", line));
                return;
            }

            var checks = new Checks(line);
            values.Add((line, check(value, checks)));
            faults.AddRange(checks.Faults);
        }
        catch (JsonException e)
        {
            faults.Add(JsonFaults.ToFault(e, line));
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        PipeReader body, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var result = await body.ReadAsync(ct);
            var rest = result.Buffer;
            try
            {
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end).ToArray();
                    rest = rest.Slice(rest.GetPosition(1, end));
                    yield return line;
                }

                if (rest.Length > MaxLineBytes)
                {
                    throw new ProblemException(Problems.Invalid($"A line has more than {MaxLineBytes:N0} bytes. Is this a file of JSON lines?"));
                }

                if (result.IsCompleted)
                {
                    if (!rest.IsEmpty)
                    {
                        yield return rest.ToArray();
                    }

                    yield break;
                }
            }
            finally
            {
                // Whoever reads may stop early; the connection must be left in order all the same.
                body.AdvanceTo(rest.Start, result.Buffer.End);
            }
        }
    }
}
