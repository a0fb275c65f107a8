using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Writes one append as a record: header, the stream's key, the feed's customer, then each event's name and JSON.</summary>
internal static class RecordEncoder
{
    private const int KeptBytes = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _record;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _json;

    /// <summary>Encodes into memory of this thread: valid until its next call.</summary>
    public static ReadOnlySpan<byte> Encode(
        EventCodecs codecs, StreamKey key, CustomerId? feed, DateTimeOffset at, long firstVersion, ImmutableArray<object> events)
    {
        var record = Fresh(ref _record);
        RecordHeader.Write(record.GetSpan(RecordHeader.Length), at, firstVersion, events.Length);
        record.Advance(RecordHeader.Length);
        WriteText(record, key.Region);
        WriteText(record, key.Entity.Tenant.Value);
        WriteText(record, key.Entity.Id);
        WriteText(record, feed?.Value ?? "");
        foreach (var e in events)
        {
            var kind = codecs.Of(e);
            var json = Fresh(ref _json);
            EventCodecs.Write(kind, e, json);
            WriteText(record, kind.Name);
            WriteLength(record, json.WrittenCount);
            record.Write(json.WrittenSpan);
        }

        return record.WrittenSpan;
    }

    private static ArrayBufferWriter<byte> Fresh(ref ArrayBufferWriter<byte>? writer)
    {
        if (writer is null || writer.Capacity > KeptBytes)
        {
            writer = new(4_096);
        }

        writer.ResetWrittenCount();
        return writer;
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteLength(output, length);
        Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }

    private static void WriteLength(ArrayBufferWriter<byte> output, int length)
    {
        var span = output.GetSpan(5);
        var written = 0;
        var rest = (uint)length;
        while (rest >= 0x80)
        {
            span[written++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[written++] = (byte)rest;
        output.Advance(written);
    }
}
