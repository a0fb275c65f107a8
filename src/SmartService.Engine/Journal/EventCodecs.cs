using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace SmartService.Engine.Journal;

/// <summary>The one table of stored names and types. Thread-safe.</summary>
public sealed class EventCodecs
{
    private const int LongestName = 100;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly FrozenDictionary<Type, EventKind> _byType;
    private readonly FrozenDictionary<string, EventKind> _byName;
    private readonly FrozenDictionary<string, EventKind>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public EventCodecs(IEnumerable<EventKind> kinds)
    {
        var all = kinds.ToArray();
        if (all.FirstOrDefault(k => k.Name.Length is 0 or > LongestName || !Ascii.IsValid(k.Name)) is { } bad)
        {
            throw new ArgumentException($"'{bad.Name}' is no stored name: 1 to {LongestName} ASCII characters.", nameof(kinds));
        }

        _byType = all.ToFrozenDictionary(k => k.Json.Type);
        _byName = all.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyCollection<EventKind> Kinds => _byName.Values;

    /// <exception cref="ArgumentException">The type has no stored name.</exception>
    public EventKind Of(object e) => _byType.TryGetValue(e.GetType(), out var kind)
        ? kind
        : throw new ArgumentException($"{e.GetType()} has no stored name. Add it to the table of stored names.", nameof(e));

    /// <exception cref="UnknownEventException">No event has this name.</exception>
    public EventKind Named(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[LongestName];
        return name.Length <= LongestName
            && Ascii.ToUtf16(name, chars, out var length) == OperationStatus.Done
            && _bySpan.TryGetValue(chars[..length], out var kind)
                ? kind
                : throw new UnknownEventException(Encoding.UTF8.GetString(name));
    }

    /// <exception cref="UnknownEventException">No event has this name.</exception>
    public EventKind Named(string name) => _byName.TryGetValue(name, out var kind) ? kind : throw new UnknownEventException(name);

    /// <summary>Writes the event as UTF-8 JSON.</summary>
    public static void Write(EventKind kind, object e, IBufferWriter<byte> output)
    {
        var writer = _writer ??= new(Stream.Null, new() { Encoder = StoredJsonOptions.Encoder, SkipValidation = true });
        writer.Reset(output);
        JsonSerializer.Serialize(writer, e, kind.Json);
        writer.Flush();
        writer.Reset(Stream.Null);
    }

    /// <exception cref="JsonException">The text is not such an event.</exception>
    public static object Read(EventKind kind, ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, kind.Json) ?? throw new JsonException($"A stored '{kind.Name}' is null.");
}
