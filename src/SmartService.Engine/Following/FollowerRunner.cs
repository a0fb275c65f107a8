using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SmartService.Engine.Following;

/// <summary>Runs every <see cref="IJournalFollower"/> from its checkpoint: in order, at least once, each by itself.</summary>
/// <remarks>
/// Under load the journal grows by small commits, thousands a second. Checkpoints are therefore saved together and now and
/// then, and a follower that takes large batches rests between two: the longer, the longer its last one took. So it takes a tenth of
/// one processor at most, however much comes, and what is written in one transaction costs less by the thousand than by the dozen.
/// Only when it has fallen behind it works on.
/// </remarks>
public sealed partial class FollowerRunner : IHostedService, IDisposable
{
    /// <summary>A batch begins this many times as long after the last one began as that one took.</summary>
    private const int RestsPerWork = 10;

    private readonly IJournalReader _journal;
    private readonly ICheckpoints _checkpoints;
    private readonly FollowerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<FollowerRunner> _logger;
    private readonly ILeadership? _leadership;
    private readonly Following[] _followers;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private Task _saving = Task.CompletedTask;

    public FollowerRunner(
        IJournalReader journal, ICheckpoints checkpoints, IEnumerable<IJournalFollower> followers,
        IOptions<FollowerOptions> options, TimeProvider clock, ILogger<FollowerRunner> logger, ILeadership? leadership = null)
    {
        (_journal, _checkpoints, _options, _clock, _logger, _leadership) = (journal, checkpoints, options.Value, clock, logger, leadership);
        _followers = [.. followers.Select(f => new Following(f, leadership))];
        if (_followers.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two followers are named '{twice.Key}'; they would share a checkpoint.", nameof(followers));
        }
    }

    /// <summary>All followers that run here as they stand, for /readyz.</summary>
    public IReadOnlyList<FollowerStatus> Statuses =>
        [.. _followers.Where(f => !f.IsStandingBy).Select(f => new FollowerStatus(f.Name, f.Position, Math.Max(0, _journal.Head - f.Position), f.Fault, f.Failures))];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_followers.Select(f => Background.Run(() => FollowAsync(f, _stopping.Token))));
        _saving = Background.Run(() => SaveNowAndThenAsync(_stopping.Token));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await SaveAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task FollowAsync(Following follower, CancellationToken ct)
    {
        var loaded = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (follower.IsStandingBy)
                {
                    await _leadership!.WaitAsync(ct);
                    loaded = false; // Another node may have come further meanwhile.
                }

                if (!loaded)
                {
                    follower.Loaded(await _checkpoints.LoadAsync(follower.Checkpoint, ct));
                    loaded = true;
                }

                await HandleNextAsync(follower, ct);
                follower.Recovered();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever a follower throws stops that follower only, is shown and is tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                follower.Failed(e);
                var pause = Pause(follower.Failures);
                LogFailed(e, follower.Name, follower.Position, pause);
                await Task.Delay(pause, _clock, ct).ConfigureAwait(Background.WithoutThrowing);
            }
        }
    }

    private async Task HandleNextAsync(Following follower, CancellationToken ct)
    {
        await _journal.WaitBeyondAsync(follower.Position, ct);
        if (follower.Follower.TakesLargeBatches && follower.Rest(_options) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, _options.MachineTime, ct); // Real time, whatever clock the product runs on: it is the machine that is spared.
        }

        if (follower.IsStandingBy)
        {
            return;
        }

        var size = follower.Follower.TakesLargeBatches ? _options.LargeBatchSize : _options.BatchSize;
        var (events, upTo) = await _journal.ReadAsync(follower.Position, size, follower.Follower.Ignores, ct);
        if (upTo == follower.Position)
        {
            return;
        }

        follower.Began(_options.MachineTime);
        if (events.Count > 0)
        {
            await follower.Follower.HandleAsync(events, ct);
        }

        var isBehind = upTo - follower.Position >= size;
        follower.Position = upTo;
        follower.Ended(_options.MachineTime, isBehind);
        _journal.Handled(HandledByAll());
    }

    /// <summary>Where the slowest stands of those who follow here and can.</summary>
    private long HandledByAll()
    {
        var least = long.MaxValue;
        foreach (var follower in _followers)
        {
            least = follower.IsStandingBy || follower.Fault is not null ? least : Math.Min(least, follower.Position);
        }

        return least;
    }

    private async Task SaveNowAndThenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(_options.CheckpointEvery, _options.MachineTime, ct).ConfigureAwait(Background.WithoutThrowing);
            await SaveAsync(CancellationToken.None);
        }
    }

    /// <summary>Saves what has moved. What cannot be saved is tried again; till then only a restart would repeat more.</summary>
    private async Task SaveAsync(CancellationToken ct)
    {
        foreach (var follower in _followers)
        {
            try
            {
                if (!follower.IsStandingBy && follower.Unsaved is { } position)
                {
                    await _checkpoints.SaveAsync(follower.Checkpoint, position, ct);
                    follower.Saved(position);
                }
            }
#pragma warning disable CA1031 // A checkpoint that is not saved stops nobody; it is logged and tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNotSaved(e, follower.Name, follower.Position);
            }
        }
    }

    /// <summary>Doubles up to the longest pause; half of it is chance, so that followers of one sick resource do not march in step.</summary>
    private TimeSpan Pause(int failures)
    {
        var full = _options.FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        full = full < _options.LongestPause ? full : _options.LongestPause;
#pragma warning disable CA5394 // Jitter is no secret.
        return full * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }

    [LoggerMessage(2101, LogLevel.Error, "The follower {Follower} failed after position {Position}; it tries again in {Pause}.")]
    private partial void LogFailed(Exception e, string follower, long position, TimeSpan pause);

    [LoggerMessage(2102, LogLevel.Warning, "The checkpoint {Position} of the follower {Follower} could not be saved; it is tried again.")]
    private partial void LogNotSaved(Exception e, string follower, long position);

    private sealed class Following(IJournalFollower follower, ILeadership? leadership)
    {
        private long _position;
        private long _saved;
        private long _began;
        private TimeSpan _took;

        public IJournalFollower Follower => follower;

        public string Name => follower.Name;

        /// <summary>Name of its checkpoint: its own on each node that keeps something of its own.</summary>
        public string Checkpoint { get; } = follower.RunsOnEveryNode && leadership is not null ? $"{follower.Name}@{leadership.Node}" : follower.Name;

        /// <summary>Another node does its work now.</summary>
        public bool IsStandingBy => !follower.RunsOnEveryNode && leadership is { IsLeading: false };

        public long Position
        {
            get => Interlocked.Read(ref _position);
            set => Interlocked.Exchange(ref _position, value);
        }

        /// <summary>Position that is not saved yet, or null.</summary>
        public long? Unsaved => Position is var position && position > Interlocked.Read(ref _saved) ? position : null;

        public string? Fault { get; private set; }

        public int Failures { get; private set; }

        public void Loaded(long position)
        {
            Saved(position);
            Position = position;
        }

        public void Saved(long position) => Interlocked.Exchange(ref _saved, position);

        public void Began(TimeProvider time) => _began = time.GetTimestamp();

        /// <param name="isBehind">More than a whole batch waited: what it takes now must not wait longer.</param>
        public void Ended(TimeProvider time, bool isBehind) => _took = isBehind ? TimeSpan.Zero : time.GetElapsedTime(_began);

        /// <summary>Time until the next batch may begin; not positive when it may now.</summary>
        public TimeSpan Rest(FollowerOptions options)
        {
            if (_began == 0 || options.Pace == TimeSpan.Zero)
            {
                return TimeSpan.Zero;
            }

            var pace = TimeSpan.FromTicks(Math.Clamp(_took.Ticks * RestsPerWork, options.Pace.Ticks, options.LongestPace.Ticks));
            return pace - options.MachineTime.GetElapsedTime(_began);
        }

        public void Failed(Exception e)
        {
            Failures++;
            Fault = $"{e.GetType().Name}: {e.Message}";
        }

        public void Recovered() => (Failures, Fault) = (0, null);
    }
}
