using System.Text.Json;
using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>A record as read back, checked. Its events are decoded only when asked for.</summary>
internal sealed class StoredRecord
{
    private readonly byte[] _bytes;
    private readonly int _eventsAt;

    private StoredRecord(long position, byte[] bytes)
    {
        (Position, _bytes) = (position, bytes);
        var at = RecordHeader.Length;
        var region = TextPool.Of(ReadText(ref at));
        var tenant = TextPool.Of(ReadText(ref at));
        var id = System.Text.Encoding.UTF8.GetString(ReadText(ref at));
        var feed = ReadText(ref at);
        Key = new(region, new(new(tenant), id));
        Feed = feed.IsEmpty ? null : new CustomerId(System.Text.Encoding.UTF8.GetString(feed));
        _eventsAt = at;
    }

    /// <summary>Position of the first event; the others follow without gaps.</summary>
    public long Position { get; }

    public StreamKey Key { get; }

    public CustomerId? Feed { get; }

    public long Previous => RecordHeader.Previous(_bytes);

    public long PreviousInFeed => RecordHeader.PreviousInFeed(_bytes);

    public DateTimeOffset At => RecordHeader.Time(_bytes);

    public long FirstVersion => RecordHeader.FirstVersion(_bytes);

    public int Count => RecordHeader.Count(_bytes);

    public long LastPosition => Position + Count - 1;

    public long LastVersion => FirstVersion + Count - 1;

    /// <exception cref="JournalException">The record is damaged.</exception>
    public static StoredRecord Parse(long position, ReadOnlySpan<byte> bytes)
    {
        if (!RecordHeader.IsIntact(bytes, position))
        {
            throw Damage.At(position, "its checksum does not fit");
        }

        try
        {
            return new(position, bytes.ToArray());
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw Damage.At(position, "it ends too early", e);
        }
    }

    /// <summary>Decodes the events.</summary>
    /// <param name="customersOnly">Only those that a customer's feed shows.</param>
    public void AddTo(List<JournalledEvent> events, EventCodecs codecs, bool customersOnly = false)
    {
        var at = _eventsAt;
        var time = At;
        for (var i = 0; i < Count; i++)
        {
            var kind = codecs.Named(ReadText(ref at));
            var json = ReadText(ref at);
            if (!customersOnly || kind.Audience == Audience.Customer)
            {
                events.Add(new(Position + i, Key.Region, Key.Entity, FirstVersion + i, kind.Name, Decode(kind, json), time));
            }
        }
    }

    private object Decode(EventKind kind, ReadOnlySpan<byte> json)
    {
        try
        {
            return EventCodecs.Read(kind, json);
        }
        catch (JsonException e)
        {
            throw Damage.At(Position, $"its '{kind.Name}' cannot be read: {e.Message}", e);
        }
    }

    private ReadOnlySpan<byte> ReadText(ref int at)
    {
        var length = 0;
        var shift = 0;
        byte b;
        do
        {
            b = _bytes[at++];
            length |= (b & 0x7f) << shift;
            shift += 7;
        }
        while (b >= 0x80 && shift < 35);
        var text = _bytes.AsSpan(at, length);
        at += length;
        return text;
    }
}
