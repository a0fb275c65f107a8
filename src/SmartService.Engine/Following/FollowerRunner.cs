using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SmartService.Engine.Following;

/// <summary>Runs every <see cref="IJournalFollower"/> from its checkpoint: in order, at least once, each by itself.</summary>
public sealed partial class FollowerRunner : IHostedService, IDisposable
{
    private readonly IJournalReader _journal;
    private readonly ICheckpoints _checkpoints;
    private readonly FollowerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<FollowerRunner> _logger;
    private readonly Following[] _followers;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public FollowerRunner(
        IJournalReader journal, ICheckpoints checkpoints, IEnumerable<IJournalFollower> followers,
        IOptions<FollowerOptions> options, TimeProvider clock, ILogger<FollowerRunner> logger)
    {
        (_journal, _checkpoints, _options, _clock, _logger) = (journal, checkpoints, options.Value, clock, logger);
        _followers = [.. followers.Select(f => new Following(f))];
        if (_followers.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two followers are named '{twice.Key}'; they would share a checkpoint.", nameof(followers));
        }
    }

    /// <summary>All followers as they stand, for /readyz.</summary>
    public IReadOnlyList<FollowerStatus> Statuses =>
        [.. _followers.Select(f => new FollowerStatus(f.Name, f.Position, Math.Max(0, _journal.Head - f.Position), f.Fault, f.Failures))];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_followers.Select(f => Task.Run(() => FollowAsync(f, _stopping.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task FollowAsync(Following follower, CancellationToken ct)
    {
        var loaded = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (!loaded)
                {
                    follower.Position = await _checkpoints.LoadAsync(follower.Name, ct);
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
                await Task.Delay(pause, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandleNextAsync(Following follower, CancellationToken ct)
    {
        await _journal.WaitBeyondAsync(follower.Position, ct);
        var events = await _journal.ReadAsync(follower.Position, _options.BatchSize, ct);
        if (events.Count == 0)
        {
            return;
        }

        await follower.Follower.HandleAsync(events, ct);
        await _checkpoints.SaveAsync(follower.Name, events[^1].Position, ct);
        follower.Position = events[^1].Position;
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

    private sealed class Following(IJournalFollower follower)
    {
        private long _position;

        public IJournalFollower Follower => follower;

        public string Name => follower.Name;

        public long Position
        {
            get => Interlocked.Read(ref _position);
            set => Interlocked.Exchange(ref _position, value);
        }

        public string? Fault { get; private set; }

        public int Failures { get; private set; }

        public void Failed(Exception e)
        {
            Failures++;
            Fault = $"{e.GetType().Name}: {e.Message}";
        }

        public void Recovered() => (Failures, Fault) = (0, null);
    }
}
