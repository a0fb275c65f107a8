namespace SmartService.Gateway.Tests.World;

/// <summary>A clock that a test moves; everything else goes on as it does.</summary>
internal sealed class SettableClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
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
