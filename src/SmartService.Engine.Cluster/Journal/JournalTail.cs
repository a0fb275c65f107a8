using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartService.Engine.Cluster.Entities;
using SmartService.Engine.Cluster.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>
/// Reads the journal's end once for a whole gateway, in order: what it reads goes to the recent events and to whoever listens.
/// </summary>
/// <remarks>
/// It is woken by Redis, or by an answer of a silo that names a newer position; without either it looks by itself, ten times a
/// second. So a lost message costs a moment and never an event: positions are committed in order and without gaps, and what is
/// told is always read here.
/// </remarks>
internal sealed partial class JournalTail(
    PostgresJournal journal, JournalHead head, TailMark mark, RecentEvents recent, FeedListeners listeners, IEnumerable<IFollowing> following, IEnumerable<IEntityWatcher> watchers,
    EventCodecs codecs,
    IOptions<ClusterOptions> options, ILogger<JournalTail> logger) : BackgroundService
{
    private const int Batch = 1_024;
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(200);

    /// <summary>Under load the journal grows by hundreds of small commits a second; a statement for each would cost more than what it reads.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(4);

    private readonly FrozenDictionary<string, IFollowing> _following = following.ToFrozenDictionary(f => f.Region, StringComparer.Ordinal);
    private readonly ILookup<string, IEntityWatcher> _watchers = watchers.ToLookup(w => w.Region, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var position = head.Position;
        recent.StartAfter(position);
        mark.Begin();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                var rows = await journal.ReadRowsAsync(position, Batch, stoppingToken);
                if (rows.Count > 0)
                {
                    position = rows[^1].Position;
                    Tell(rows);
                }

                if (rows.Count < Batch)
                {
                    mark.AtEnd();
                    await WaitAsync(position, stoppingToken);
                    if (Pace - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } rest)
                    {
                        await Task.Delay(rest, stoppingToken);
                    }
                }
            }
            catch (JournalException e)
            {
                mark.Failed(e.Message);
                LogUnreadable(e.Message);
                await Task.Delay(PauseAfterFault, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitAsync(long position, CancellationToken ct)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(ct);
        look.CancelAfter(options.Value.TailEvery);
        await head.WaitBeyondAsync(position, look.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    private void Tell(List<JournalRow> rows)
    {
        var events = new List<TailEvent>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                var e = new TailEvent(row, codecs.Named(row.Kind));
                recent.Add(e);
                events.Add(e);
                _following.GetValueOrDefault(row.Region)?.Hear(e);
            }
            catch (UnknownEventException e)
            {
                // A newer program wrote it, in the middle of an upgrade. Followers stop before it; listeners go on without.
                LogUnknown(row.Position, e.Message);
                recent.StartAfter(row.Position);
                _following.GetValueOrDefault(row.Region)?.Lose(new(row.Tenant, row.Entity), row.Version);
            }

            foreach (var watcher in _watchers[row.Region])
            {
                watcher.Changed(new(row.Tenant, row.Entity));
            }
        }

        // The head moves before the feeds are told: whoever subscribes in between finds these events in the journal.
        head.MoveTo(rows[^1].Position);
        foreach (var e in events)
        {
            try
            {
                listeners.Tell(e);
            }
            catch (JournalException fault)
            {
                LogUnknown(e.Position, fault.Message);
            }
        }
    }

    [LoggerMessage(2311, LogLevel.Warning, "The journal's end could not be read and is read again: {Reason}")]
    private partial void LogUnreadable(string reason);

    [LoggerMessage(2312, LogLevel.Error, "The event at position {Position} is not told to listeners: {Reason}")]
    private partial void LogUnknown(long position, string reason);
}
