using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Engine.Journal;

namespace SmartService.ReadModels.Projections;

/// <summary>An event's fields as JSON, written as the journal writes them.</summary>
internal static class TimelineJson
{
    private const int KeptBytes = 1 << 20;
    private static readonly JsonSerializerOptions Options = StoredJsonOptions.For(new DefaultJsonTypeInfoResolver());

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static string TextOf(object e) => Encoding.UTF8.GetString(Of(e).Span);

    /// <returns>UTF-8, in memory of this thread: valid until its next call.</returns>
    public static ReadOnlyMemory<byte> Of(object e)
    {
        if (_output is null || _output.Capacity > KeptBytes)
        {
            _output = new(4_096);
        }

        _output.ResetWrittenCount();
        var writer = _writer ??= new(Stream.Null, new() { Encoder = Options.Encoder, SkipValidation = true });
        writer.Reset(_output);
        JsonSerializer.Serialize(writer, e, e.GetType(), Options);
        writer.Flush();
        writer.Reset(Stream.Null);
        return _output.WrittenMemory;
    }
}
