using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>Base of the suite every engine must pass. A test may start its engine again over the same store.</summary>
public abstract class EngineContract(IEngineStore store) : IAsyncLifetime
{
    private readonly List<EngineUnderTest> _started = [];

    protected IEngineStore Store { get; } = store;

    protected static CancellationToken Never => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var engine in _started)
        {
            await engine.DisposeAsync();
        }

        await Store.DeleteAsync();
    }

    protected async Task<EngineUnderTest> StartAsync(EngineSettings? settings = null)
    {
        var engine = await Store.StartEngineAsync(settings ?? new());
        _started.Add(engine);
        return engine;
    }

    protected async Task StopAsync(EngineUnderTest engine)
    {
        _started.Remove(engine);
        await engine.DisposeAsync();
    }

    protected static LedgerCommand.Put Put(string id, long amount = 1, string? customer = null) => new(id, amount, customer);
}
