using System.Collections.Concurrent;
using System.Text;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>One copy of texts that repeat in every record: regions and tenants. Bounded.</summary>
internal static class TextPool
{
    private const int Most = 16_384;

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Spans =
        Texts.GetAlternateLookup<ReadOnlySpan<char>>();

    private static int _count;

    public static string Of(string text) =>
        Texts.TryGetValue(text, out var kept) ? kept : Keep(text);

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 256)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> chars = stackalloc char[256];
        var text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        return Spans.TryGetValue(text, out var kept) ? kept : Keep(text.ToString());
    }

    private static string Keep(string text)
    {
        if (Volatile.Read(ref _count) < Most && Texts.TryAdd(text, text))
        {
            Interlocked.Increment(ref _count);
        }

        return text;
    }
}
