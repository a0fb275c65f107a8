using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>The embedded engine in a host, as the product runs it.</summary>
internal sealed class EmbeddedUnderTest : IEngineUnderTest
{
    private readonly IHost _host;

    private EmbeddedUnderTest(IHost host) => _host = host;

    public IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal> Ledgers =>
        Get<IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>>();

    public ICustomers Customers => Get<ICustomers>();

    public IConversations Conversations => Get<IConversations>();

    public IJournal Journal => Get<IJournal>();

    public IFeeds Feeds => Get<IFeeds>();

    public ICheckpoints Checkpoints => Get<ICheckpoints>();

    public IScheduler Scheduler => Get<IScheduler>();

    public EmbeddedEngine Engine => Get<EmbeddedEngine>();

    public static async Task<EmbeddedUnderTest> StartAsync(string folder, EngineSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (settings.Clock is { } clock)
        {
            builder.Services.AddSingleton(clock);
        }

        builder.Services.AddEmbeddedEngine(o => Configure(o, folder, settings));
        builder.Services.AddStoredEvents(Ledger.Events);
        builder.Services.AddEmbeddedEntities<LedgerDecider, LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>(Ledger.Region);
        settings.Services?.Invoke(builder.Services);
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

        return new(host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task PassivateAllAsync()
    {
        // As many sweeps as an idle entity survives, and one more.
        for (var i = 0; i < 6; i++)
        {
            Engine.Passivator.Sweep();
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static void Configure(EmbeddedEngineOptions options, string folder, EngineSettings settings)
    {
        options.DataDirectory = folder;
        options.SnapshotEvery = settings.SnapshotEvery ?? options.SnapshotEvery;
        options.MailboxLength = settings.MailboxLength ?? options.MailboxLength;
        options.JournalQueueLength = settings.JournalQueueLength ?? options.JournalQueueLength;
        options.FeedBuffer = settings.FeedBuffer ?? options.FeedBuffer;
        options.MostInMemory = settings.MostInMemory ?? options.MostInMemory;
    }
}
