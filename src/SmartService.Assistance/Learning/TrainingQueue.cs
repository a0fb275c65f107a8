using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Domain.Learning;

namespace SmartService.Assistance.Learning;

/// <summary>Trainings, one at a time; a tenant waits once.</summary>
internal sealed partial class TrainingQueue(TenantTraining training, AssistanceOptions options, ILogger<TrainingQueue> logger) : IAsyncDisposable
{
    private const int KeptRuns = 1_000;
    private readonly Dictionary<string, LearningRun> _runs = new(StringComparer.Ordinal);
    private readonly Queue<string> _kept = new();
    private readonly Queue<(string Run, bool OnlyIfNew)> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task _working = Task.CompletedTask;

    /// <returns>The run, or the one that waits already; null when the queue is full or closing.</returns>
    public LearningRun? Add(TenantId tenant, string asker, bool onlyIfNew)
    {
        lock (_gate)
        {
            if (_waiting.Select(waiting => _runs[waiting.Run]).FirstOrDefault(known => known.Tenant == tenant) is { } known)
            {
                return known;
            }

            if (_waiting.Count >= options.Learning.RunsWaiting || _stopping.IsCancellationRequested)
            {
                return null;
            }

            var run = new LearningRun(Guid.CreateVersion7().ToString("N"), tenant, asker, LearningRunState.Waiting, null);
            _runs[run.Id] = run;
            _waiting.Enqueue((run.Id, onlyIfNew));
            if (_working.IsCompleted)
            {
                _working = Task.Run(WorkAsync);
            }

            return run;
        }
    }

    public LearningRun? Find(string run)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault(run);
        }
    }

    /// <summary>Completes when nothing waits and nothing is trained.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _working;
        }
    }

    /// <summary>Breaks off what is trained and takes nothing more. What waits is asked for again by the next night.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await WhenIdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        while (Next() is var (run, onlyIfNew))
        {
            try
            {
                var report = await training.RunAsync(run.Tenant, run.Id, run.Asker, onlyIfNew, _stopping.Token);
                Note(run with { State = LearningRunState.Done, Report = report });
                if (report is not null)
                {
                    LogDone(run.Tenant.Value, report.Verdict, report.Why);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                Note(run with { State = LearningRunState.Failed });
            }
#pragma warning disable CA1031 // Whatever goes wrong for one tenant must not keep the others from learning.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Note(run with { State = LearningRunState.Failed });
                LogFailed(run.Tenant.Value, e);
            }
        }
    }

    private (LearningRun Run, bool OnlyIfNew)? Next()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested || !_waiting.TryDequeue(out var next))
            {
                // Under the lock: whoever adds from now on starts a worker of its own.
                _working = Task.CompletedTask;
                return null;
            }

            var run = _runs[next.Run] = _runs[next.Run] with { State = LearningRunState.Training };
            return (run, next.OnlyIfNew);
        }
    }

    private void Note(LearningRun run)
    {
        lock (_gate)
        {
            _runs[run.Id] = run;
            _kept.Enqueue(run.Id);
            if (_kept.Count > KeptRuns)
            {
                _runs.Remove(_kept.Dequeue());
            }
        }
    }

    [LoggerMessage(EventId = 4122, Level = LogLevel.Information, Message = "Training for {Tenant}: {Verdict}. {Why}")]
    private partial void LogDone(string tenant, LearningVerdict verdict, string why);

    [LoggerMessage(EventId = 4123, Level = LogLevel.Error, Message = "Training for {Tenant} failed; what was live stays")]
    private partial void LogFailed(string tenant, Exception e);
}
