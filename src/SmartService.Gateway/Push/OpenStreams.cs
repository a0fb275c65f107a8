using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Engine.Feeds;

namespace SmartService.Gateway.Push;

/// <summary>
/// All open streams: counts them, keeps them awake, and ends those whose token has expired. One timer for all: a timer and
/// an exception per stream would cost more than the streams.
/// </summary>
internal sealed partial class OpenStreams(IOptions<GatewayOptions> options, TimeProvider clock, ILogger<OpenStreams> log) : BackgroundService
{
    private readonly ConcurrentDictionary<EventStream, FeedKey> _streams = new();
    private readonly ConcurrentDictionary<FeedKey, int> _perFeed = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a place for a stream; false with true in <paramref name="full"/> when the whole server is full.</summary>
    public bool TryEnter(FeedKey feed, out bool full)
    {
        full = Interlocked.Increment(ref _count) > options.Value.MaxStreams;
        if (full)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        // A staff feed is shared by all staff; only the whole server's bound counts there.
        var mine = _perFeed.AddOrUpdate(feed, 1, static (_, n) => n + 1);
        if (feed.Customer is not null && mine > options.Value.MaxStreamsPerShopper)
        {
            Leave(feed);
            return false;
        }

        return true;
    }

    public void Leave(FeedKey feed)
    {
        Interlocked.Decrement(ref _count);
        var left = _perFeed.AddOrUpdate(feed, 0, static (_, n) => n - 1);
        if (left <= 0)
        {
            _perFeed.TryRemove(new KeyValuePair<FeedKey, int>(feed, left));
        }
    }

    public void Add(EventStream stream, FeedKey feed) => _streams[stream] = feed;

    public void Remove(EventStream stream) => _streams.TryRemove(stream, out _);

    /// <summary>Tells all streams of a merchant at once; nobody is waited for.</summary>
    public void Tell(TenantId tenant, string name, Func<FeedKey, byte[]> json) => Tell(name, feed => feed.Tenant == tenant ? json(feed) : null);

    /// <summary>Tells all streams at once; nobody is waited for.</summary>
    /// <param name="json">Null for those that are not told.</param>
    public void Tell(string name, Func<FeedKey, byte[]?> json)
    {
        foreach (var (stream, feed) in _streams)
        {
            if (json(feed) is { } told)
            {
                stream.Tell(name, told);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.KeepAlive, clock);
        while (await WaitAsync(timer, stoppingToken))
        {
            var now = clock.GetUtcNow();
            foreach (var (stream, _) in _streams)
            {
                Beat(stream, now, stoppingToken);
            }
        }
    }

    private void Beat(EventStream stream, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (stream.ExpiresAt <= now)
            {
                stream.Close();
                return;
            }

            // Not awaited: one slow reader must not keep the others waiting.
            _ = stream.BeatAsync(ct).ContinueWith(
                static (t, state) => ((EventStream)state!).Close(), stream, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        catch (ObjectDisposedException)
        {
            // It ended between the listing and the beat.
            Ended();
        }
    }

    private static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(2201, LogLevel.Trace, "A stream ended while it was kept awake")]
    private partial void Ended();
}
