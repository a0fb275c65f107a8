using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Following;

namespace SmartService.Engine.Scheduling;

/// <summary>The scheduler: sleeps until the earliest reminder is due or another one is set, and hands it to its handler.</summary>
public sealed partial class ReminderService : IScheduler, IHostedService, IDisposable
{
    private const int Batch = 256;

    /// <summary>Sleeping goes by the machine's even time, reminders by the clock: one that is set forward is noticed this late at most.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly IReminderStore _store;
    private readonly Dictionary<string, IReminderHandler> _handlers;
    private readonly ConcurrentDictionary<(string Kind, string Name), Retry> _retries = new();
    private readonly TimeProvider _clock;
    private readonly ILogger<ReminderService> _logger;
    private readonly ILeadership? _leadership;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource? _asleep;
    private bool _changed;
    private Task _running = Task.CompletedTask;

    public ReminderService(
        IReminderStore store, IEnumerable<IReminderHandler> handlers, TimeProvider clock, ILogger<ReminderService> logger,
        ILeadership? leadership = null)
    {
        (_store, _clock, _logger, _leadership) = (store, clock, logger, leadership);
        _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);
    }

    public async ValueTask SetAsync(Reminder reminder, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reminder.Payload.Length, 65_536, nameof(reminder));
        _retries.TryRemove((reminder.Kind, reminder.Name), out _); // Before it is put: from then on it may fail, and what that says counts.
        await _store.PutAsync(reminder, ct);
        Wake();
    }

    public ValueTask CancelAsync(string kind, string name, CancellationToken ct)
    {
        _retries.TryRemove((kind, name), out _);
        return _store.RemoveAsync(kind, name, null, ct);
    }

    public ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct) => _store.FindAsync(kind, name, ct);

    public void AtWork() => _store.AtWork();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Background.Run(() => RunAsync(_stopping.Token));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Looks at the store again now: something was set elsewhere.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _changed = true;
            _asleep?.TrySetResult();
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var sleep = FirstPause;
            try
            {
                if (_leadership is not null)
                {
                    await _leadership.WaitAsync(ct);
                }

                sleep = await HandleDueAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is JournalException or EngineBusyException)
            {
                LogStoreFailed(e);
            }

            if (sleep > TimeSpan.Zero)
            {
                await SleepAsync(sleep, ct);
            }
        }
    }

    /// <summary>Handles what is due; returns how long nothing will be.</summary>
    private async Task<TimeSpan> HandleDueAsync(CancellationToken ct)
    {
        // Reminders that failed stay in the list before their next try; look past them.
        var earliest = await _store.EarliestAsync(Batch + _retries.Count, ct);
        var next = LongestSleep;
        var handled = 0;
        foreach (var reminder in earliest)
        {
            if (_leadership is { IsLeading: false })
            {
                return TimeSpan.Zero; // Another node does the rest.
            }

            var wait = UntilNextTry(reminder);
            if (wait > TimeSpan.Zero)
            {
                next = wait < next ? wait : next;
                continue;
            }

            handled++;
            await HandleAsync(reminder, ct);
            AtWork(); // Done or failed.
        }

        return handled > 0 ? TimeSpan.Zero : next;
    }

    /// <summary>By the clock until it is due; between tries by even time, which nobody sets back.</summary>
    private TimeSpan UntilNextTry(Reminder reminder)
    {
        var wait = reminder.Due - _clock.GetUtcNow();
        if (!_retries.TryGetValue((reminder.Kind, reminder.Name), out var retry) || retry.Due != reminder.Due)
        {
            return wait;
        }

        var pause = retry.Pause - _clock.GetElapsedTime(retry.Since);
        return pause > wait ? pause : wait;
    }

    private async Task HandleAsync(Reminder reminder, CancellationToken ct)
    {
        try
        {
            if (!_handlers.TryGetValue(reminder.Kind, out var handler))
            {
                throw new InvalidOperationException($"No handler does reminders of kind '{reminder.Kind}'.");
            }

            // The list is as old as those before it took: this one may have been moved or cancelled since.
            if (await _store.FindAsync(reminder.Kind, reminder.Name, ct) is not { } still || still.Due != reminder.Due)
            {
                return;
            }

            await handler.HandleAsync(reminder, ct);
            await _store.RemoveAsync(reminder.Kind, reminder.Name, reminder.Due, ct);
            _retries.TryRemove((reminder.Kind, reminder.Name), out _);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws concerns this reminder only; it stays and is tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var failures = _retries.TryGetValue((reminder.Kind, reminder.Name), out var before) && before.Due == reminder.Due ? before.Failures + 1 : 1;
            var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
            pause = pause < LongestPause ? pause : LongestPause;
            _retries[(reminder.Kind, reminder.Name)] = new(reminder.Due, failures, _clock.GetTimestamp(), pause);
            LogFailed(e, reminder.Kind, reminder.Name, pause);
        }
    }

    private async Task SleepAsync(TimeSpan sleep, CancellationToken ct)
    {
        var asleep = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_changed)
            {
                _changed = false;
                return;
            }

            _asleep = asleep;
        }

        await using var timer = _clock.CreateTimer(static a => ((TaskCompletionSource)a!).TrySetResult(), asleep, sleep, Timeout.InfiniteTimeSpan);
        await using var stopped = ct.UnsafeRegister(static a => ((TaskCompletionSource)a!).TrySetResult(), asleep);
        await asleep.Task;
        lock (_gate)
        {
            (_asleep, _changed) = (null, false);
        }
    }

    [LoggerMessage(2201, LogLevel.Error, "The reminder {Kind} {Name} failed; it is tried again in {Pause}.")]
    private partial void LogFailed(Exception e, string kind, string name, TimeSpan pause);

    [LoggerMessage(2202, LogLevel.Error, "Reminders could not be read.")]
    private partial void LogStoreFailed(Exception e);

    /// <param name="Due">Of the reminder that failed: one that was moved since is not held back.</param>
    private readonly record struct Retry(DateTimeOffset Due, int Failures, long Since, TimeSpan Pause);
}
