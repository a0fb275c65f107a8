using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>One process of the cluster engine in a host, as the product runs it.</summary>
internal sealed class ClusterUnderTest : EngineUnderTest
{
    private ClusterUnderTest(IHost host)
        : base(host)
    {
    }

    public static async Task<ClusterUnderTest> StartAsync(string database, EngineSettings settings, Action<ClusterOptions>? configure = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (Environment.GetEnvironmentVariable("SMARTSERVICE_TEST_LOG") is { } file)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(new FileLog(file));
        }

        var options = new ClusterOptions
        {
            Database = database,
            Node = "test",
            Address = "127.0.0.1",
            SiloPort = TestPorts.Next(),
            GatewayPort = TestPorts.Next(),
            MostConnections = 16,
            CallTimeout = TimeSpan.FromSeconds(60), // A machine that is busy with other tests is no lost silo.
            RetryFor = TimeSpan.FromMinutes(2),
        };
        options.SnapshotEvery = settings.SnapshotEvery ?? options.SnapshotEvery;
        options.MailboxLength = settings.MailboxLength ?? options.MailboxLength;
        options.JournalQueueLength = settings.JournalQueueLength ?? options.JournalQueueLength;
        options.FeedBuffer = settings.FeedBuffer ?? options.FeedBuffer;
        configure?.Invoke(options);
        builder.AddClusterEngine(options, settings.Clock);
        builder.Services.AddStoredEvents(Ledger.Events);
        builder.Services.AddClusterEntities<ILedgerGrain, LedgerDecider, LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>(Ledger.Region);
        settings.Services?.Invoke(builder.Services);
        return new(await StartHostAsync(builder));
    }

    public override Task PassivateAllAsync() => Get<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
}
