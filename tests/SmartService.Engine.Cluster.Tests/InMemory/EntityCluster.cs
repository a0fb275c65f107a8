using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using SmartService.Domain;
using SmartService.Engine.Cluster.Entities;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Tests.InMemory;

/// <summary>
/// Silos and a gateway in this process, without PostgreSQL, Redis or a socket: Orleans' own TestingHost under the product's entities, wired as the product wires them
/// (<see cref="ClusterEntityServices"/>), over a journal in memory.
/// </summary>
public sealed class EntityCluster : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster;

    public EntityCluster()
        : this(new ClusterOptions { CallTimeout = TimeSpan.FromMinutes(1) }) // A machine that is busy with other tests is no lost silo.
    {
    }

    internal EntityCluster(ClusterOptions options, Action<IServiceCollection>? gateway = null)
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Services
            .AddClusterEntities(options)
            .AddStoredEvents(Ledger.Events)
            .AddClusterEntities<ILedgerGrain, LedgerDecider, LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>(Ledger.Region));
        builder.ConfigureSiloHost((_, host) => host.Services
            .AddSingleton<IJournal>(Journal)
            .AddSingleton<IScrub>(Journal)
            .AddSingleton<IPressureGauge>(Journal)
            .AddSingleton<ISnapshots>(Snapshots));
        builder.ConfigureSilo((_, silo) => silo.ConfigureEntities(options));
        builder.ConfigureClient(client => client.ConfigureEntities(options));
        builder.ConfigureClientHost(host => gateway?.Invoke(host.Services));
        _cluster = builder.Build();
    }

    internal MemoryJournal Journal { get; } = new();

    internal MemorySnapshots Snapshots { get; } = new();

    internal IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal> Ledgers => Get<IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>>();

    /// <summary>Calls the gateway has sent so far, each try of one.</summary>
    internal long Sent => Get<ClusterCalls>().Sent;

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    /// <summary>Of the gateway.</summary>
    internal T Get<T>()
        where T : notnull => _cluster.Client.ServiceProvider.GetRequiredService<T>();

    /// <summary>The ledger leaves memory.</summary>
    internal Task DeactivateAsync(EntityKey ledger) => _cluster.DeactivateAsync(IdOf(ledger));

    /// <summary>Stops the silo that keeps the ledger.</summary>
    internal async Task StopSiloOfAsync(EntityKey ledger) => await _cluster.StopSiloAsync(SiloOf(ledger));

    /// <summary>The silo goes without a word, as a process that is killed.</summary>
    internal async Task KillSiloOfAsync(EntityKey ledger) => await _cluster.KillSiloAsync(SiloOf(ledger));

    internal string NameOfSiloOf(EntityKey ledger) => SiloOf(ledger).Name;

    private static GrainId IdOf(EntityKey ledger) => GrainId.Create("ledger", ledger.ToString());

    private InProcessSiloHandle SiloOf(EntityKey ledger) => _cluster.TryGetGrainContext(IdOf(ledger), out var context)
        ? _cluster.Silos.Single(s => s.SiloAddress.Equals(context.Address.SiloAddress))
        : throw new InvalidOperationException($"{ledger} is not in memory.");
}
