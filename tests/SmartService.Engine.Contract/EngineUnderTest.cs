using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Contract;

/// <summary>One running engine over one store, in a host, as the product runs it.</summary>
/// <param name="host">Started; it stops with this.</param>
public abstract class EngineUnderTest(IHost host) : IAsyncDisposable
{
    public IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal> Ledgers =>
        Get<IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>>();

    public ICustomers Customers => Get<ICustomers>();

    public IConversations Conversations => Get<IConversations>();

    public IJournal Journal => Get<IJournal>();

    public IFeeds Feeds => Get<IFeeds>();

    public ICheckpoints Checkpoints => Get<ICheckpoints>();

    public IScheduler Scheduler => Get<IScheduler>();

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Makes every entity leave memory that can.</summary>
    public abstract Task PassivateAllAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static async Task<IHost> StartHostAsync(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return host;
    }
}
