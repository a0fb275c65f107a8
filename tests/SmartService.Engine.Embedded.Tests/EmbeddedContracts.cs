using SmartService.Engine.Contract;

namespace SmartService.Engine.Embedded.Tests;

#pragma warning disable SA1402 // The suite, run over the embedded engine.
public sealed class EmbeddedEntityTests : EntityContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();
}

public sealed class EmbeddedJournalTests : JournalContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();
}

public sealed class EmbeddedFeedTests : FeedContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();
}

public sealed class EmbeddedFollowerTests : FollowerContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();
}

public sealed class EmbeddedReminderTests : ReminderContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();
}

public sealed class EmbeddedProductTests : ProductContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();
}

public sealed class EmbeddedErasureTests : ErasureContract
{
    private readonly TestFolder _folder = new();

    protected override async Task<IEngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        await EmbeddedUnderTest.StartAsync(_folder.Path, settings);

    protected override Task DeleteStoreAsync() => _folder.DeleteAsync();

    protected override Task<bool> IsStoredAsync(string text) => Task.FromResult(_folder.FilesWith(text).Count > 0);
}
#pragma warning restore SA1402
