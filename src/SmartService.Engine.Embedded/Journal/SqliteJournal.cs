using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SmartService.Domain;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>The journal on SQLite: appends go through the writer thread, reads through connections of their own.</summary>
internal sealed class SqliteJournal(
    JournalWriter writer, ReaderPool<RecordReader> readers, ChainIndex index, RecentAppends recent, JournalHead head,
    EventCodecs codecs, TimeProvider clock) : IJournal
{
    private const int MostAtOnce = 4_096;
    private static readonly Func<Type, bool> None = static _ => false;
    private const int FeedBatch = 64;
    private const int StaffBatch = 512;

    public long Head => head.Position;

    public ValueTask<JournalStream> OpenAsync(StreamKey key, CancellationToken ct) =>
        new(new EmbeddedStream(key, index.Find(ChainKey.Of(key))));

    public Task AppendAsync(JournalStream stream, long expectedVersion, ImmutableArray<object> events, CustomerId? feed)
    {
        var customer = feed is not null && AnyForCustomers(events) ? feed : null;
        var at = clock.GetUtcNow();
        var record = RecordEncoder.Encode(codecs, stream.Key, customer, at, expectedVersion + 1, events);
        var work = new AppendWork((EmbeddedStream)stream, expectedVersion + 1, events, customer, at, record.Length);
        writer.Enqueue(work, record);
        return work.Task;
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadStreamAsync(JournalStream stream, long afterVersion, CancellationToken ct)
    {
        var opened = (EmbeddedStream)stream;
        return new(ReadHistory(stream.Key, new(opened.Head, opened.Version), afterVersion, ct));
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct)
    {
        var stream = new StreamKey(region, key);
        return new(ReadHistory(stream, index.Find(ChainKey.Of(stream)), 0, ct));
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        after = Math.Max(0, after);
        var events = new List<JournalledEvent>((int)Math.Clamp(Head - after, 0, Math.Min(limit, MostAtOnce)));
        while (events.Count == 0 && after < Head)
        {
            ct.ThrowIfCancellationRequested();
            var upTo = Math.Min(Head, after + limit);
            ReadRange(events, after, upTo, None);
            after = upTo; // Nothing but overwritten events so far: what comes after them is asked for.
        }

        return new(events);
    }

    public ValueTask<(IReadOnlyList<JournalledEvent> Events, long UpTo)> ReadAsync(long after, int limit, Func<Type, bool> ignores, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ct.ThrowIfCancellationRequested();
        var (from, head) = (Math.Max(0, after), Head);
        var events = new List<JournalledEvent>();
        if (from >= head)
        {
            return new((events, after));
        }

        var upTo = Math.Min(head, from + limit);
        ReadRange(events, from, upTo, ignores);
        return new((events, upTo));
    }

    public ValueTask WaitBeyondAsync(long position, CancellationToken ct) => head.WaitBeyondAsync(position, ct);

    public void Handled(long upTo) => recent.Release(upTo);

    public IAsyncEnumerable<JournalledEvent> ReadFeedAsync(FeedKey feed, long after, long upTo, CancellationToken ct) =>
        feed.Customer is { } customer
            ? ReadCustomerFeedAsync(ChainKey.OfFeed(feed.Tenant, customer), after, upTo, ct)
            : ReadStaffFeedAsync(feed.Tenant, after, upTo, ct);

    private void ReadRange(List<JournalledEvent> events, long after, long upTo, Func<Type, bool> ignores)
    {
        if (recent.TryRead(events, after, upTo, ignores))
        {
            return;
        }

        foreach (var record in Records(after, upTo))
        {
            record.AddTo(events, codecs, after, upTo, ignores);
        }
    }

    private bool AnyForCustomers(ImmutableArray<object> events)
    {
        foreach (var e in events)
        {
            if (codecs.Of(e).Audience == Audience.Customer)
            {
                return true;
            }
        }

        return false;
    }

    private List<StoredRecord> Records(long after, long upTo) => Read((after, upTo), static (reader, a) => reader.After(a.after, a.upTo));

    private TResult Read<TArgument, TResult>(TArgument argument, Func<RecordReader, TArgument, TResult> read)
    {
        try
        {
            return readers.Use((argument, read), static (reader, a) => reader.Together(a.argument, a.read));
        }
        catch (SqliteException e)
        {
            throw new JournalException($"journal.db could not be read: {e.Message}", outcomeKnown: true, e);
        }
    }

    /// <summary>Walks the chain back from its head, then decodes forward.</summary>
    private List<JournalledEvent> ReadHistory(StreamKey key, ChainHead end, long afterVersion, CancellationToken ct)
    {
        var records = Read((key, end, afterVersion, ct), static (reader, a) =>
        {
            var chain = new List<StoredRecord>();
            var (position, version) = (a.end.Position, a.end.Version);
            while (version > a.afterVersion)
            {
                a.ct.ThrowIfCancellationRequested();
                var record = reader.At(position);
                if (record.Key != a.key || record.LastVersion != version)
                {
                    throw Damage.At(position, $"it is not version {version} of {a.key}");
                }

                chain.Add(record);
                (position, version) = (record.Previous, record.FirstVersion - 1);
            }

            return chain;
        });
        var events = new List<JournalledEvent>();
        for (var i = records.Count - 1; i >= 0; i--)
        {
            var before = records[i].Position + (afterVersion - records[i].FirstVersion);
            records[i].AddTo(events, codecs, before, long.MaxValue, None);
        }

        return events;
    }

    private async IAsyncEnumerable<JournalledEvent> ReadCustomerFeedAsync(
        ChainKey feed, long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        var positions = Read((Key: feed, Head: index.Find(feed).Position, after), static (reader, a) =>
        {
            var chain = new List<long>();
            for (var position = a.Head; position > 0;)
            {
                var record = reader.At(position);
                if (record.Feed?.Value != a.Key.Id || record.Key.Entity.Tenant.Value != a.Key.Tenant)
                {
                    throw Damage.At(position, $"it does not belong to the feed of {a.Key.Tenant}/{a.Key.Id}");
                }

                if (record.LastPosition <= a.after)
                {
                    break;
                }

                chain.Add(position);
                position = record.PreviousInFeed;
            }

            chain.Reverse();
            return chain;
        });
        var events = new List<JournalledEvent>();
        foreach (var batch in positions.TakeWhile(p => p <= upTo).Chunk(FeedBatch))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var record in Read(batch, static (reader, b) => Array.ConvertAll(b, reader.At)))
            {
                record.AddTo(events, codecs, after, upTo, None, customersOnly: true);
            }

            foreach (var e in events)
            {
                yield return e;
            }

            events.Clear();
            await Task.CompletedTask; // Reading is synchronous here; another engine waits.
        }
    }

    private async IAsyncEnumerable<JournalledEvent> ReadStaffFeedAsync(
        TenantId tenant, long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        var events = new List<JournalledEvent>();
        for (var position = after; position < upTo;)
        {
            ct.ThrowIfCancellationRequested();
            var records = Records(position, Math.Min(upTo, position + StaffBatch));
            foreach (var record in records.Where(r => r.Key.Entity.Tenant == tenant))
            {
                record.AddTo(events, codecs, position, upTo, None);
            }

            foreach (var e in events)
            {
                yield return e;
            }

            events.Clear();
            position = records.Count > 0 ? records[^1].LastPosition : upTo;
            await Task.Yield(); // A long look back must not hold a thread for itself.
        }
    }
}
