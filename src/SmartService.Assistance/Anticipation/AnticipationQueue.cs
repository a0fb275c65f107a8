using Microsoft.Extensions.Logging;
using SmartService.Domain;

namespace SmartService.Assistance.Anticipation;

/// <summary>Customers waiting to be looked ahead for. Several at a time; a customer waits once, with the newest trigger.</summary>
internal sealed partial class AnticipationQueue(Anticipator anticipator, AssistanceOptions options, ILogger<AnticipationQueue> logger) : IAsyncDisposable
{
    private readonly Dictionary<EntityKey, Trigger> _triggers = [];
    private readonly Queue<EntityKey> _order = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _workers = [];
    private readonly Lock _gate = new();
    private int _working;
    private bool _toldFull;

    public void Add(Trigger trigger)
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            if (!_triggers.ContainsKey(trigger.Customer))
            {
                if (_order.Count >= options.AnticipationsWaiting)
                {
                    TellFull(trigger.Customer.Tenant);
                    return;
                }

                _order.Enqueue(trigger.Customer);
            }

            _triggers[trigger.Customer] = trigger;
            if (_working < options.AnticipationsAtOnce)
            {
                _working++;
                Track(Task.Run(WorkAsync));
            }
        }
    }

    /// <summary>Completes when all that was added has been worked through.</summary>
    public async Task WhenIdleAsync()
    {
        while (true)
        {
            Task[] workers;
            lock (_gate)
            {
                workers = [.. _workers];
            }

            if (workers.Length == 0)
            {
                return;
            }

            await Task.WhenAll(workers);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await WhenIdleAsync();
        _stopping.Dispose();
    }

    /// <summary>Once, until half of them have had their turn: an import fills the queue a hundred thousand times.</summary>
    private void TellFull(TenantId tenant)
    {
        if (!_toldFull)
        {
            _toldFull = true;
            LogFull(tenant.Value, options.AnticipationsWaiting);
        }
    }

    private void Track(Task worker)
    {
        _workers.Add(worker);
        worker.ContinueWith(
            done =>
            {
                lock (_gate)
                {
                    _workers.Remove(done);
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task WorkAsync()
    {
        while (Next() is { } trigger)
        {
            try
            {
                await anticipator.AnticipateAsync(trigger, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // Stopping: the next call of Next ends this worker.
            }
#pragma warning disable CA1031 // Whatever goes wrong for one customer must not keep the others from being helped.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(trigger.Customer.ToString(), trigger.Position, e);
            }
        }
    }

    private Trigger? Next()
    {
        lock (_gate)
        {
            if (!_stopping.IsCancellationRequested && _order.TryDequeue(out var customer) && _triggers.Remove(customer, out var trigger))
            {
                _toldFull &= _order.Count > options.AnticipationsWaiting / 2;
                return trigger;
            }

            _working--;
            return null;
        }
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Warning, Message = "{Waiting} customers wait to be anticipated; a visit to {Tenant} goes without, and so do others until fewer wait")]
    private partial void LogFull(string tenant, int waiting);

    [LoggerMessage(EventId = 4112, Level = LogLevel.Error, Message = "Looking ahead for {Customer} after position {Position} failed; no help is offered")]
    private partial void LogFailed(string customer, long position, Exception e);
}
