using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>The embedded engine in a host, as the product runs it.</summary>
internal sealed class EmbeddedUnderTest : EngineUnderTest
{
    private EmbeddedUnderTest(IHost host)
        : base(host)
    {
    }

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
        return new(await StartHostAsync(builder));
    }

    public override Task PassivateAllAsync()
    {
        // As many sweeps as an idle entity survives, and one more.
        for (var i = 0; i < 6; i++)
        {
            Engine.Passivator.Sweep();
        }

        return Task.CompletedTask;
    }

    private static void Configure(EmbeddedEngineOptions options, string folder, EngineSettings settings)
    {
        options.DataDirectory = folder;
        options.SnapshotEvery = settings.SnapshotEvery ?? options.SnapshotEvery;
        options.MailboxLength = settings.MailboxLength ?? options.MailboxLength;
        options.JournalQueueLength = settings.JournalQueueLength ?? options.JournalQueueLength;
        options.FeedBuffer = settings.FeedBuffer ?? options.FeedBuffer;
        options.MostInPassing = settings.MostInPassing ?? options.MostInPassing;
        options.MostInMemory = settings.MostInMemory ?? options.MostInMemory;
    }
}
