using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Grains;

/// <summary>One kind of thing that travels between processes.</summary>
/// <param name="Name">At most 255 ASCII characters; another version of this program knows it too.</param>
internal sealed record CarriedFormat(string Name, JsonTypeInfo Json);

/// <summary>The table of what travels between processes: events under their stored names, states under their regions', commands under theirs.</summary>
internal sealed class CarriedFormats
{
    private static readonly JsonSerializerOptions Commands = StoredJsonOptions.For(new DefaultJsonTypeInfoResolver());

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    private readonly FrozenDictionary<Type, CarriedFormat> _byType;
    private readonly FrozenDictionary<string, CarriedFormat> _byName;

    public CarriedFormats(EventCodecs events, IEnumerable<CarriedFormat> others)
    {
        CarriedFormat[] all = [.. events.Kinds.Select(k => new CarriedFormat($"event:{k.Name}", k.Json)), .. others];
        _byType = all.ToFrozenDictionary(f => f.Json.Type);
        _byName = all.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<CarriedFormat> All => _byName.Values;

    /// <summary>All commands of one region: the classes that derive from its command.</summary>
    public static IEnumerable<CarriedFormat> CommandsOf(string region, Type command) => command.Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(command))
        .Select(t => new CarriedFormat($"command:{region}:{t.Name}", Commands.GetTypeInfo(t)));

    /// <summary>The name's length, the name, the JSON.</summary>
    /// <returns>Valid until the next call on this thread.</returns>
    public ReadOnlySpan<byte> Write(object value)
    {
        var format = _byType.TryGetValue(value.GetType(), out var known)
            ? known
            : throw new ArgumentException($"{value.GetType()} does not travel between processes.", nameof(value));
        var buffer = _buffer ??= new(4_096);
        buffer.ResetWrittenCount();
        buffer.GetSpan(1)[0] = (byte)format.Name.Length;
        buffer.Advance(1);
        buffer.Advance(Encoding.ASCII.GetBytes(format.Name, buffer.GetSpan(format.Name.Length)));
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = StoredJsonOptions.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(writer, value, format.Json);
        }

        return buffer.WrittenSpan;
    }

    /// <exception cref="JsonException">Another version of this program sent what this one does not understand.</exception>
    public object Read(ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.ASCII.GetString(bytes.Slice(1, bytes[0]));
        return _byName.TryGetValue(name, out var format)
            ? JsonSerializer.Deserialize(bytes[(1 + bytes[0])..], format.Json) ?? throw new JsonException($"A '{name}' is null.")
            : throw new JsonException($"Nothing is known under the name '{name}'.");
    }
}
