using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Grains;

/// <summary>One kind of thing that travels between processes.</summary>
/// <param name="Name">At most 255 ASCII characters; another version of this program knows it too.</param>
/// <param name="MostBytes">A longer one is not sent: past what Orleans takes in one message it would end the connection, and with it everybody else's calls.</param>
internal sealed record CarriedFormat(string Name, JsonTypeInfo Json, int MostBytes = int.MaxValue);

/// <summary>The table of what travels between processes: events under their stored names, states under their regions', commands under theirs.</summary>
internal sealed class CarriedFormats
{
    /// <summary>Of one command: twice what a gateway can be set to take in one request.</summary>
    internal const int MostCommandBytes = 32 << 20;

    private static readonly JsonSerializerOptions Commands = StoredJsonOptions.For(new DefaultJsonTypeInfoResolver());

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly FrozenDictionary<Type, CarriedFormat> _byType;
    private readonly FrozenDictionary<string, CarriedFormat> _byName;
    private readonly FrozenDictionary<string, CarriedFormat>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public CarriedFormats(EventCodecs events, IEnumerable<CarriedFormat> others)
    {
        CarriedFormat[] all = [.. events.Kinds.Select(k => new CarriedFormat($"event:{k.Name}", k.Json)), .. others];
        _byType = all.ToFrozenDictionary(f => f.Json.Type);
        _byName = all.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyCollection<CarriedFormat> All => _byName.Values;

    /// <summary>All commands of one region: the classes that derive from its command.</summary>
    public static IEnumerable<CarriedFormat> CommandsOf(string region, Type command) => command.Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(command))
        .Select(t => new CarriedFormat($"command:{region}:{t.Name}", Commands.GetTypeInfo(t), MostCommandBytes));

    /// <summary>The name's length, the name, the JSON.</summary>
    /// <returns>Valid until the next call on this thread.</returns>
    /// <exception cref="ArgumentException">It is of no kind that travels, or too long.</exception>
    public ReadOnlySpan<byte> Write(Carried carried)
    {
        var value = carried.Value;
        var format = _byType.TryGetValue(value.GetType(), out var known)
            ? known
            : throw new ArgumentException($"{value.GetType()} does not travel between processes.", nameof(carried));
        var buffer = _buffer ??= new(4_096);
        buffer.ResetWrittenCount();
        buffer.GetSpan(1)[0] = (byte)format.Name.Length;
        buffer.Advance(1);
        buffer.Advance(Encoding.ASCII.GetBytes(format.Name, buffer.GetSpan(format.Name.Length)));
        if (carried.Json is { } json)
        {
            buffer.Write(json);
        }
        else
        {
            var writer = _writer ??= new(Stream.Null, new() { Encoder = StoredJsonOptions.Encoder, SkipValidation = true });
            writer.Reset(buffer);
            JsonSerializer.Serialize(writer, value, format.Json);
            writer.Flush();
            writer.Reset(Stream.Null);
        }

        if (buffer.WrittenCount > format.MostBytes)
        {
            _buffer = null; // Nor is it worth keeping.
            throw new ArgumentException($"A '{format.Name}' of {buffer.WrittenCount:N0} bytes is too long: {format.MostBytes:N0} are taken.", nameof(carried));
        }

        return buffer.WrittenSpan;
    }

    /// <exception cref="JsonException">Another version of this program sent what this one does not understand.</exception>
    public object Read(ReadOnlySpan<byte> bytes)
    {
        Span<char> name = stackalloc char[byte.MaxValue];
        name = name[..Encoding.ASCII.GetChars(bytes.Slice(1, bytes[0]), name)];
        return _bySpan.TryGetValue(name, out var format)
            ? JsonSerializer.Deserialize(bytes[(1 + bytes[0])..], format.Json) ?? throw new JsonException($"A '{name}' is null.")
            : throw new JsonException($"Nothing is known under the name '{name}'.");
    }
}
