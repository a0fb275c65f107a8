using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Following;

namespace SmartService.Engine.Scheduling;

/// <summary>The scheduler: sleeps until the earliest reminder is due or another one is set, and hands it to its handler.</summary>
public sealed partial class ReminderService : IScheduler, IHostedService, IDisposable
{
    private const int Batch = 256;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly IReminderStore _store;
    private readonly Dictionary<string, IReminderHandler> _handlers;
    private readonly ConcurrentDictionary<(string Kind, string Name), Retry> _retries = new();
    private readonly TimeProvider _clock;
    private readonly ILogger<ReminderService> _logger;
    private readonly ILeadership? _leadership;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
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
        await _store.PutAsync(reminder, ct);
        _retries.TryRemove((reminder.Kind, reminder.Name), out _);
        Wake();
    }

    public ValueTask CancelAsync(string kind, string name, CancellationToken ct)
    {
        _retries.TryRemove((kind, name), out _);
        return _store.RemoveAsync(kind, name, null, ct);
    }

    public ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct) => _store.FindAsync(kind, name, ct);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
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
        lock (_handlers)
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _changed.Dispose();
    }

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
            catch (JournalException e)
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

            var wait = NextTry(reminder) - _clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                next = wait < next ? wait : next;
                continue;
            }

            handled++;
            await HandleAsync(reminder, ct);
        }

        return handled > 0 ? TimeSpan.Zero : next;
    }

    private DateTimeOffset NextTry(Reminder reminder) =>
        _retries.TryGetValue((reminder.Kind, reminder.Name), out var retry) && retry.At > reminder.Due ? retry.At : reminder.Due;

    private async Task HandleAsync(Reminder reminder, CancellationToken ct)
    {
        try
        {
            if (!_handlers.TryGetValue(reminder.Kind, out var handler))
            {
                throw new InvalidOperationException($"No handler does reminders of kind '{reminder.Kind}'.");
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
            var failures = _retries.TryGetValue((reminder.Kind, reminder.Name), out var before) ? before.Failures + 1 : 1;
            var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
            pause = pause < LongestPause ? pause : LongestPause;
            _retries[(reminder.Kind, reminder.Name)] = new(failures, _clock.GetUtcNow() + pause);
            LogFailed(e, reminder.Kind, reminder.Name, pause);
        }
    }

    private async Task SleepAsync(TimeSpan sleep, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var timer = Task.Delay(sleep, _clock, over.Token);
        var changed = _changed.WaitAsync(over.Token);
        await Task.WhenAny(timer, changed);
        await over.CancelAsync();
        await Task.WhenAll(timer, changed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(2201, LogLevel.Error, "The reminder {Kind} {Name} failed; it is tried again in {Pause}.")]
    private partial void LogFailed(Exception e, string kind, string name, TimeSpan pause);

    [LoggerMessage(2202, LogLevel.Error, "Reminders could not be read.")]
    private partial void LogStoreFailed(Exception e);

    private readonly record struct Retry(int Failures, DateTimeOffset At);
}
