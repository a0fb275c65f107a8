using System.Collections.Concurrent;
using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Tests.InMemory;

/// <summary>
/// A journal that several silos of one process write and that outlives each of them. Like the one on PostgreSQL it takes a stream's events only when they follow on what is there:
/// a lost race is refused whole and breaks the stream it came from. A test may hold back what is told of commits.
/// </summary>
internal sealed class MemoryJournal : IJournal, IScrub, IPressureGauge
{
    private readonly Lock _gate = new();
    private readonly List<JournalledEvent> _events = [];
    private readonly Dictionary<StreamKey, List<JournalledEvent>> _streams = [];
    private readonly ConcurrentDictionary<StreamKey, int> _opened = new();
    private TaskCompletionSource? _held;

    public long Head
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    public Pressure Pressure => default;

    /// <summary>How often an activation has read the stream.</summary>
    public int OpenedTimes(StreamKey key) => _opened.GetValueOrDefault(key);

    public IReadOnlyList<object> EventsOf(StreamKey key)
    {
        lock (_gate)
        {
            return [.. Of(key).Select(e => e.Event)];
        }
    }

    /// <summary>From now on events are written, but nobody is told, until <see cref="TellAgain"/>.</summary>
    public void Hold() => Volatile.Write(ref _held, new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void TellAgain() => Interlocked.Exchange(ref _held, null)?.SetResult();

    public ValueTask<JournalStream> OpenAsync(StreamKey key, CancellationToken ct)
    {
        _opened.AddOrUpdate(key, 1, static (_, times) => times + 1);
        lock (_gate)
        {
            return new(new ClusterStream(key, Of(key).Count));
        }
    }

    public Task AppendAsync(JournalStream stream, long expectedVersion, ImmutableArray<object> events, CustomerId? feed)
    {
        var opened = (ClusterStream)stream;
        lock (_gate)
        {
            var history = Of(stream.Key);
            if (opened.IsBroken || history.Count != expectedVersion)
            {
                opened.Break();
                return Task.FromException(new JournalException("Another activation wrote first; nothing was written.", outcomeKnown: true, new LostRaceException(stream.Key)));
            }

            foreach (var e in events)
            {
                var journalled = new JournalledEvent(_events.Count + 1, stream.Key.Region, stream.Key.Entity, history.Count + 1, e.GetType().Name, e, DateTimeOffset.UnixEpoch);
                history.Add(journalled);
                _events.Add(journalled);
            }
        }

        return Volatile.Read(ref _held)?.Task ?? Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadStreamAsync(JournalStream stream, long afterVersion, CancellationToken ct)
    {
        lock (_gate)
        {
            return new([.. Of(stream.Key).Where(e => e.Version > afterVersion && e.Version <= stream.OpenedVersion)]);
        }
    }

    public Task<long> ScrubAsync(StreamKey key, CancellationToken ct) => Task.FromResult(0L);

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct) => throw new NotSupportedException("Nobody follows it.");

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct) => throw new NotSupportedException("Nobody follows it.");

    public ValueTask WaitBeyondAsync(long position, CancellationToken ct) => throw new NotSupportedException("Nobody follows it.");

    public IAsyncEnumerable<JournalledEvent> ReadFeedAsync(FeedKey feed, long after, long upTo, CancellationToken ct) => throw new NotSupportedException("Nobody follows it.");

    private List<JournalledEvent> Of(StreamKey key) => _streams.TryGetValue(key, out var history) ? history : _streams[key] = [];
}
