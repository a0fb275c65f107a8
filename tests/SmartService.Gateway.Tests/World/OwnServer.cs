namespace SmartService.Gateway.Tests.World;

/// <summary>A clock that a test moves; everything else goes on as it does.</summary>
internal sealed class SettableClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}

/// <summary>The time of the test's start: what is over after a while is not over because the machine has other things to do. Timers run as ever.</summary>
internal sealed class StandingClock : TimeProvider
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}

/// <summary>A server of a test's own, for its own settings or clock.</summary>
internal sealed class OwnServer(TimeProvider? clock = null, Dictionary<string, string?>? settings = null) : IAsyncDisposable
{
    private bool _started;

    public GatewayServer Server { get; } = new(settings ?? [], clock);

    public async Task<Store> OpenStoreAsync()
    {
        if (!_started)
        {
            await Server.InitializeAsync();
            _started = true;
        }

        return await Server.OpenStoreAsync();
    }

    public ValueTask DisposeAsync() => _started ? new(Server.DisposeAsync()) : ValueTask.CompletedTask;
}
