using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Nodes;
using SmartService.Engine.Cluster.Redis;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>
/// The one writer of a silo: sends whatever waits as one statement, which is one transaction; while it commits, the next batch
/// gathers by itself. When many come at once, the next one gathers for as long again: half as many statements and flushes, which cost
/// more than the rows in them. A lone append waits for nobody.
/// </summary>
/// <remarks>
/// A batch has this writer's number. When PostgreSQL goes away before it answers, the same batch is sent again under the same
/// number: one that had been committed is answered from what is noted of it, so nothing is written twice and nobody has to
/// guess. Only when PostgreSQL stays away for too long are callers told that the outcome is unknown.
/// </remarks>
internal sealed partial class JournalWriter(
    NpgsqlDataSource database, JournalHead head, RedisBus bus, ClusterMeter meter, IOptions<ClusterOptions> options, ILogger<JournalWriter> logger)
    : IHostedService, IJournalHealth, IPressureGauge
{
    private const string QueueName = "journal";

    /// <summary>Appends in one batch from which on the next one is worth waiting for.</summary>
    private const int Many = 8;
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250); // One connection a silo: no crowd at a database that comes back.

    private readonly ClusterOptions _options = options.Value;
    private readonly FlushTimes _flushes = new();
    private readonly Guid _writer = Guid.NewGuid();
    private readonly Channel<AppendWork> _queue = Channel.CreateUnbounded<AppendWork>(new() { SingleReader = true });
    private Task _running = Task.CompletedTask;
    private int _pending;
    private long _pendingBytes;
    private long _batch;

    /// <summary>Appends that are not answered yet.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    public string? Fault { get; private set; }

    public Pressure Pressure
    {
        get
        {
            var (oldest, slowest) = _flushes.Now();
            var full = Math.Max((double)Pending / _options.JournalQueueLength, (double)PendingBytes / _options.JournalQueueBytes);
            return new() { OldestMs = oldest, SlowestMs = slowest, QueuePercent = (int)(100 * full) };
        }
    }

    /// <summary>Queues an append; never waits.</summary>
    /// <exception cref="EngineBusyException">The queue is full or the silo is stopping.</exception>
    public void Enqueue(AppendWork work)
    {
        if (Volatile.Read(ref _pending) >= _options.JournalQueueLength || Interlocked.Read(ref _pendingBytes) >= _options.JournalQueueBytes
            || !_queue.Writer.TryWrite(work))
        {
            throw new EngineBusyException(QueueName, _options.RetryAfter);
        }

        Interlocked.Increment(ref _pending);
        Interlocked.Add(ref _pendingBytes, work.Bytes);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        var batch = new AppendBatch();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Events < _options.MostEventsPerBatch && _queue.Reader.TryPeek(out var work)
                && (batch.Events == 0 || batch.Bytes + work.Bytes <= _options.MostBytesPerBatch))
            {
                _queue.Reader.TryRead(out _);
                AddOrLose(batch, work);
            }

            if (batch.Events > 0)
            {
                var began = Stopwatch.GetTimestamp();
                _flushes.Began(batch.Works[0].QueuedAt);
                await WriteAsync(batch);
                _flushes.Ended();
                await GatherAsync(batch.Works.Count, Stopwatch.GetElapsedTime(began));
            }
        }
    }

    /// <summary>As long as the last commit took, which is how long whoever came just after it began has waited already.</summary>
    private async ValueTask GatherAsync(int appends, TimeSpan took)
    {
        if (appends >= Many && Pending < _options.MostEventsPerBatch)
        {
            await Task.Delay(took < LongestGathering ? took : LongestGathering); // Under a millisecond is none.
        }
    }

    private async Task WriteAsync(AppendBatch batch)
    {
        var number = ++_batch;
        var began = Stopwatch.GetTimestamp();
        var until = DateTimeOffset.UtcNow + _options.WriteFor;
        var again = false;
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync();
                var (before, refused) = await batch.SendAsync(connection, _writer, number, again, CancellationToken.None);
                Fault = null;
                meter.Wrote(batch.Events, Stopwatch.GetElapsedTime(began));
                Acknowledge(batch, before, refused);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                Fault = e.Message;
                again = true;
                meter.SentAgain();
                if (DateTimeOffset.UtcNow >= until)
                {
                    LogGaveUp(e, batch.Events);
                    Fail(batch, e);
                    return;
                }

                LogTriesAgain(e.Message, batch.Events);
                await Task.Delay(pause);
            }
            catch (ArgumentException e)
            {
                // Npgsql found text that is none (half a character) before it sent anything, at this try as at any before.
                await WriteApartAsync(batch, e);
                return;
            }
#pragma warning disable CA1031 // Not PostgreSQL but what it was given: this batch fails, the writer goes on. Who waits must be told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogGaveUp(e, batch.Events);
                Fail(batch, e);
                return;
            }
        }
    }

    /// <summary>What cannot be sent is its caller's fault and not that of those who gathered beside it: halves, until it is alone.</summary>
    private async Task WriteApartAsync(AppendBatch batch, ArgumentException refusal)
    {
        if (batch.Works.Count == 1)
        {
            LogNotText(batch.Works[0].Stream.Key.ToString(), refusal.Message);
            Fail(batch, refusal, isUnwritten: true);
            return;
        }

        foreach (var half in batch.Works.Chunk((batch.Works.Count + 1) / 2))
        {
            var apart = new AppendBatch();
            foreach (var work in half)
            {
                AddOrLose(apart, work);
            }

            if (apart.Events > 0)
            {
                await WriteAsync(apart);
            }
        }
    }

    private void AddOrLose(AppendBatch batch, AppendWork work)
    {
        if (work.Stream.IsBroken)
        {
            Lose(work);
        }
        else
        {
            batch.Add(work);
        }
    }

    private void Acknowledge(AppendBatch batch, long before, int[] refused)
    {
        bool IsRefused(AppendWork work) => refused.Length > 0 && Array.BinarySearch(refused, batch.PlaceOf(work)) >= 0;
        var written = refused.Length == 0 ? batch.Events : batch.Works.Where(w => !IsRefused(w)).Sum(w => w.Count);
        if (written > 0)
        {
            // The head moves before anybody is told: whoever hears of an event finds it in the journal.
            head.MoveTo(before + written);
            bus.TellHead(before + written);
        }

        foreach (var work in batch.Works)
        {
            if (IsRefused(work))
            {
                Lose(work);
            }
            else
            {
                Done(work);
                work.Done();
            }
        }
    }

    private void Lose(AppendWork work)
    {
        Done(work);
        work.Stream.Break();
        meter.LostRace();
        LogLostRace(work.Stream.Key.ToString(), work.FirstVersion);
        work.Fail(new JournalException("Another activation wrote first; nothing was written.", outcomeKnown: true, new LostRaceException(work.Stream.Key)));
    }

    private void Fail(AppendBatch batch, Exception cause, bool isUnwritten = false)
    {
        foreach (var work in batch.Works)
        {
            Done(work);
            work.Stream.Break();
            work.Fail(new JournalException("The journal could not be written.", outcomeKnown: isUnwritten, cause));
        }
    }

    private void Done(AppendWork work)
    {
        Interlocked.Decrement(ref _pending);
        Interlocked.Add(ref _pendingBytes, -work.Bytes);
    }

    [LoggerMessage(2301, LogLevel.Warning, "A batch of {Events} events could not be written and is sent again: {Reason}")]
    private partial void LogTriesAgain(string reason, int events);

    [LoggerMessage(2302, LogLevel.Error, "A batch of {Events} events was given up: the outcome is unknown.")]
    private partial void LogGaveUp(Exception e, int events);

    [LoggerMessage(2304, LogLevel.Error, "Events of {Stream} hold text that cannot be written; nothing of them was: {Reason}")]
    private partial void LogNotText(string stream, string reason);

    [LoggerMessage(2303, LogLevel.Information, "Another activation of {Stream} wrote version {Version} first; this one is dropped.")]
    private partial void LogLostRace(string stream, long version);
}
