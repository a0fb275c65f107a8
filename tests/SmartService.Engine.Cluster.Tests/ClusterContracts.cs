using SmartService.Engine.Contract;

namespace SmartService.Engine.Cluster.Tests;

#pragma warning disable SA1402 // The suite, run over the cluster engine.
public sealed class ClusterEntityTests : EntityContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();
}

public sealed class ClusterJournalTests : JournalContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();
}

public sealed class ClusterFeedTests : FeedContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();
}

public sealed class ClusterFollowerTests : FollowerContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();
}

public sealed class ClusterReminderTests : ReminderContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();
}

public sealed class ClusterProductTests : ProductContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();
}

public sealed class ClusterErasureTests : ErasureContract
{
    private readonly TestStore _store = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await ClusterUnderTest.StartAsync(await _store.DatabaseAsync(), settings);

    protected override Task DeleteStoreAsync() => _store.DeleteAsync();

    protected override Task<bool> IsStoredAsync(string text) => _store.HoldsAsync(text);
}
#pragma warning restore SA1402
