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
        var region = TextPool.Of(RecordText.Read(bytes, ref at));
        var tenant = TextPool.Of(RecordText.Read(bytes, ref at));
        var id = System.Text.Encoding.UTF8.GetString(RecordText.Read(bytes, ref at));
        var feed = RecordText.Read(bytes, ref at);
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

    /// <summary>Decodes the events after one position and up to another.</summary>
    /// <param name="ignores">Types of events that are left out.</param>
    /// <param name="customersOnly">Only those that a customer's feed shows.</param>
    public void AddTo(List<JournalledEvent> events, EventCodecs codecs, long after, long upTo, Func<Type, bool> ignores, bool customersOnly = false)
    {
        var at = _eventsAt;
        var time = At;
        for (var i = 0; i < Count && Position + i <= upTo; i++)
        {
            var name = RecordText.Read(_bytes, ref at);
            var json = RecordText.Read(_bytes, ref at);
            if (name.IsEmpty || Position + i <= after)
            {
                continue; // Overwritten, or not asked for.
            }

            var kind = codecs.Named(name);
            if ((!customersOnly || kind.Audience == Audience.Customer) && !ignores(kind.Json.Type))
            {
                events.Add(new(Position + i, Key.Region, Key.Entity, FirstVersion + i, kind.Name, Decode(kind, json), time));
            }
        }
    }

    /// <summary>Does its last event forget a person?</summary>
    public bool EndsWithErasure(EventCodecs codecs)
    {
        var at = _eventsAt;
        ReadOnlySpan<byte> name = default;
        for (var i = 0; i < Count; i++)
        {
            name = RecordText.Read(_bytes, ref at);
            RecordText.Read(_bytes, ref at);
        }

        return !name.IsEmpty && codecs.Named(name).Erases;
    }

    /// <summary>A copy of the same length with events overwritten; null when all were before.</summary>
    /// <param name="keepLast">All but the last one.</param>
    public byte[]? Scrubbed(bool keepLast)
    {
        var copy = _bytes.AsSpan().ToArray();
        var at = _eventsAt;
        for (var i = 0; i < Count; i++)
        {
            var from = at;
            RecordText.Read(_bytes, ref at);
            RecordText.Read(_bytes, ref at);
            if (i < Count - 1 || !keepLast)
            {
                RecordText.Blank(copy.AsSpan(from, at - from));
            }
        }

        if (copy.AsSpan().SequenceEqual(_bytes))
        {
            return null;
        }

        RecordHeader.Seal(copy, Position, Previous, PreviousInFeed);
        return copy;
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
}
