using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;
using SmartService.Engine.Cluster.Entities;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Nodes;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster;

/// <summary>
/// Entities on Orleans, wherever their journal lies and however silos find each other: what silos and gateways of the product have in common with
/// those of a test in one process.
/// </summary>
public static class ClusterEntityServices
{
    /// <summary>Adds another kind of entity, as <see cref="IEntities{TState,TCommand,TEvent,TRefusal}"/>.</summary>
    public static IServiceCollection AddClusterEntities<TGrain, TDecider, TState, TCommand, TEvent, TRefusal>(
        this IServiceCollection services, EntityRegion<TState> region)
        where TGrain : IEntityGrain
        where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
        where TState : class
        where TCommand : class
        where TEvent : class
        where TRefusal : struct, Enum =>
        services.AddRegion<ClusterEntities<TGrain, TDecider, TState, TCommand, TEvent, TRefusal>, IEntities<TState, TCommand, TEvent, TRefusal>, TState>(
            region, typeof(TCommand), provider => new(provider.GetRequiredService<ClusterCalls>(), region, follows: false));

    /// <summary>
    /// Adds the product's entities. A silo needs <see cref="IJournal"/>, <see cref="ISnapshots"/>, <see cref="IScrub"/> and <see cref="IPressureGauge"/> besides.
    /// </summary>
    internal static IServiceCollection AddClusterEntities(this IServiceCollection services, ClusterOptions options)
    {
        services.AddSingleton(Options.Create(options));
        services.AddStoredEvents(new(StoredEvents.Product));
        services.TryAddSingleton(provider => new EventCodecs(provider.GetServices<EventKindSet>().SelectMany(s => s.Kinds)));
        services.AddSingleton<JournalHead>();
        services.AddSingleton<CarriedFormats>();
        services.AddSingleton<TailMark>();
        services.AddSingleton(_ => new ClusterLoad(TimeProvider.System));
        services.AddSingleton<ClusterCalls>();
        AddRegions(services);
        return services;
    }

    /// <summary>How silos of the product keep entities and watch each other.</summary>
    internal static ISiloBuilder ConfigureEntities(this ISiloBuilder silo, ClusterOptions options) => silo
        .Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Name, options.Name))
        .Configure<SiloOptions>(o => o.SiloName = options.Node)
        .Configure<SiloMessagingOptions>(o => (o.ResponseTimeout, o.SystemResponseTimeout) = (options.CallTimeout, options.CallTimeout))
        .Configure<ConnectionOptions>(Connect)
        .Configure<ClusterMembershipOptions>(o => Watch(o, options.SilentFor))
        .Configure<GrainCollectionOptions>(o => o.CollectionAge = options.IdleTime > TimeSpan.FromMinutes(1) ? options.IdleTime : TimeSpan.FromSeconds(61));

    /// <summary>How gateways of the product call them.</summary>
    internal static IClientBuilder ConfigureEntities(this IClientBuilder client, ClusterOptions options) => client
        .Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Name, options.Name))
        .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.CallTimeout)
        .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
        .Configure<ConnectionOptions>(Connect)
        .UseConnectionRetryFilter(async (_, ct) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
            return true;
        });

    /// <summary>
    /// How silos find out that one of them is gone. Orleans gives every silo two votes' worth of doubt: three probes in a row that fail, the
    /// last of them sent through a third silo, and no word of any kind over its connection for as long as three of the longest probes take.
    /// That last span is <see cref="ClusterOptions.SilentFor"/>, and it alone decides about a silo that hangs with its connections open; one whose
    /// process has ended is found out after three probes, whose connections are refused at once.
    /// </summary>
    /// <remarks>Orleans would wait 60 s: three probes of up to 20 s. A silo declared dead in error costs its entities a move and
    /// its process a restart, and nothing that counts: what it still writes is refused by the journal.</remarks>
    private static void Watch(ClusterMembershipOptions o, TimeSpan silentFor)
    {
        o.NumMissedProbesLimit = 3;
        o.MaxProbeTimeout = silentFor / 3; // When the prober itself is short of processor time; else
        o.ProbeTimeout = o.MinProbeTimeout = silentFor / 4.5; // Orleans would go down to half, by what answers took so far: less than a full collection may take.
        o.NumVotesForDeathDeclaration = 2; // Of two silos the other's vote is enough.
        o.TableRefreshTimeout = TimeSpan.FromSeconds(5); // They tell each other at once; this is for who missed it.
        o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10); // One that joins does not wait for those who have been silent for three of these.
        o.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }

    /// <summary>A silo that hangs takes connections and never speaks; nobody should wait for it as long as for an answer.</summary>
    private static void Connect(ConnectionOptions o) => (o.OpenConnectionTimeout, o.ConnectionRetryDelay) = (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(500));

    private static void AddRegions(IServiceCollection services)
    {
        services.AddRegion<Tenants, ITenants, TenantState>(Regions.Tenants, typeof(TenantCommand), p => new(p.GetRequiredService<ClusterCalls>()));
        services.AddRegion<Customers, ICustomers, CustomerState>(Regions.Customers, typeof(CustomerCommand), p => new(p.GetRequiredService<ClusterCalls>()));
        services.AddRegion<Conversations, IConversations, ConversationState>(
            Regions.Conversations, typeof(ConversationCommand), p => new(p.GetRequiredService<ClusterCalls>()));
        services.AddRegion<Knowledge, IKnowledge, KnowledgeState>(Regions.Knowledge, typeof(KnowledgeCommand), p => new(p.GetRequiredService<ClusterCalls>()));
        services.AddRegion<Learnings, ILearnings, LearningState>(Regions.Learnings, typeof(LearningCommand), p => new(p.GetRequiredService<ClusterCalls>()));
        services.AddRegion<Orders, IOrders, OrderState>(Regions.Orders, typeof(OrderCommand), p => new(p.GetRequiredService<ClusterCalls>()));
        services.AddRegion<PeakSwitches, IPeakSwitches, PeakSwitchState>(
            Regions.PeakSwitches, typeof(PeakSwitchCommand), p => new(p.GetRequiredService<ClusterCalls>()));
    }

    private static IServiceCollection AddRegion<TEntities, TPort, TState>(
        this IServiceCollection services, EntityRegion<TState> region, Type command, Func<IServiceProvider, TEntities> make)
        where TEntities : class, TPort, IScrubbing, IFollowing
        where TPort : class
        where TState : class
    {
        foreach (var format in CarriedFormats.CommandsOf(region.Name, command))
        {
            services.AddSingleton(format);
        }

        services.AddSingleton(new CarriedFormat($"state:{region.Name}", region.States.Json));
        services.AddSingleton(make);
        services.AddSingleton<TPort>(provider => provider.GetRequiredService<TEntities>());
        services.AddSingleton<IScrubbing>(provider => provider.GetRequiredService<TEntities>());
        services.AddSingleton<IFollowing>(provider => provider.GetRequiredService<TEntities>());
        return services.AddSingleton(provider => new GrainPorts<TState>(
            new(provider.GetRequiredService<IJournal>(), provider.GetRequiredService<ISnapshots>(), region, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.SnapshotEvery),
            provider.GetRequiredService<JournalHead>(),
            provider.GetRequiredService<IPressureGauge>(),
            provider.GetRequiredService<IScrub>(),
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.MailboxLength,
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.RetryAfter));
    }
}
