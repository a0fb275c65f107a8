using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
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
using SmartService.Engine.Cluster.Feeds;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Learning;
using SmartService.Engine.Cluster.Nodes;
using SmartService.Engine.Cluster.Redis;
using SmartService.Engine.Cluster.Reminders;
using SmartService.Engine.Cluster.Snapshots;
using SmartService.Engine.Feeds;
using SmartService.Engine.Following;
using SmartService.Engine.Journal;
using SmartService.Engine.Limits;
using SmartService.Engine.Scheduling;
using SmartService.Engine.Understanding;

namespace SmartService.Engine.Cluster;

/// <summary>Setup of the cluster engine.</summary>
public static class ClusterEngineServices
{
    /// <summary>
    /// Adds the engine in the role the options name. As a gateway: <see cref="ITenants"/>, <see cref="ICustomers"/>,
    /// <see cref="IConversations"/>, <see cref="IKnowledge"/>, <see cref="IOrders"/>, <see cref="ILearnings"/>, <see cref="IPeakSwitches"/>, <see cref="IFeeds"/>,
    /// <see cref="IJournalReader"/>, <see cref="IJournalErasure"/>, <see cref="IEngineLoad"/>, <see cref="IJournalHealth"/>, <see cref="ICheckpoints"/>, <see cref="IScheduler"/> and
    /// <see cref="FollowerRunner"/>. As a silo: what keeps entities. The database must have been migrated.
    /// </summary>
    /// <param name="clock">Time of events and reminders; the machine's when null. Orleans lives by the machine's in any case.</param>
    /// <remarks>Add it before what uses it: hosted services stop in the opposite order, so the engine closes last.</remarks>
    public static IHostApplicationBuilder AddClusterEngine(this IHostApplicationBuilder builder, ClusterOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var services = builder.Services;
        services.AddSingleton(Options.Create(options));
        services.AddSingleton<IHostedService>(_ => new OptionsCheck(options)); // Before anything connects.
        services.TryAddSingleton(TimeProvider.System);
        services.AddStoredEvents(new(StoredEvents.Product));
        services.TryAddSingleton(provider => new EventCodecs(provider.GetServices<EventKindSet>().SelectMany(s => s.Kinds)));
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(ConnectionString(options)) { Name = "smartservice" }.Build());
        services.AddSingleton<JournalHead>();
        services.AddSingleton(new RecentEvents(options.RecentEvents));
        services.AddSingleton(provider => new PostgresJournal(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<JournalHead>(), provider.GetRequiredService<RecentEvents>(),
            provider.GetRequiredService<EventCodecs>(), clock ?? TimeProvider.System, provider));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<PostgresJournal>());
        services.AddSingleton<IJournalReader>(provider => provider.GetRequiredService<PostgresJournal>());
        services.AddSingleton<CarriedFormats>();
        services.AddSingleton<ClusterMeter>();
        services.AddHostedService<ClusterStart>();
        services.AddHosted<RedisBus>();
        if (options.IsSilo)
        {
            AddSilo(builder, options);
        }
        else
        {
            builder.UseOrleansClient(client => client
                .Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Name, options.Name))
                .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.CallTimeout)
                .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
                .Configure<ConnectionOptions>(Connect)
                .UseConnectionRetryFilter(async (_, ct) =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
                    return true;
                })
                .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options))));
        }

        services.AddSingleton<TailMark>();
        services.AddSingleton<ClusterLoad>();
        services.AddSingleton<ClusterCalls>();
        if (options.IsGateway)
        {
            AddGateway(services, options, clock ?? TimeProvider.System);
        }

        AddRegions(services);
        return builder;
    }

    /// <summary>Adds stored events beside the product's own.</summary>
    public static IServiceCollection AddStoredEvents(this IServiceCollection services, EventKindSet kinds) => services.AddSingleton(kinds);

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
    /// Statements are prepared by themselves; a silo whose PostgreSQL hangs finds out. A connection is not reset before its next use, which would be
    /// half a dozen statements before each one of ours: none of them leaves anything behind in its session.
    /// </summary>
    internal static string ConnectionString(ClusterOptions options) => new NpgsqlConnectionStringBuilder(options.Database)
    {
        MaxPoolSize = options.MostConnections,
        MaxAutoPrepare = 64,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true,
        KeepAlive = 15,
        CommandTimeout = 15,
        Timeout = 5,
        ApplicationName = $"smartservice-{options.Node}",
    }.ConnectionString;

    private static void AddSilo(IHostApplicationBuilder builder, ClusterOptions options)
    {
        // Before the silo, so that they stop after it: entities that leave still write.
        builder.Services.AddHosted<GrainStorageSnapshots>();
        builder.Services.AddSingleton<ISnapshots>(provider => provider.GetRequiredService<GrainStorageSnapshots>());
        builder.Services.AddSingleton<PostgresScrub>();
        builder.Services.AddHosted<JournalWriter>();
        builder.Services.AddSingleton<IJournalHealth>(provider => provider.GetRequiredService<JournalWriter>());
        builder.UseOrleans(silo => silo
            .Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Name, options.Name))
            .Configure<SiloOptions>(o => o.SiloName = options.Node)
            .Configure<EndpointOptions>(o =>
            {
                (o.SiloPort, o.GatewayPort) = (options.SiloPort, options.GatewayPort);
                if (options.Address is { } address)
                {
                    o.AdvertisedIPAddress = IPAddress.Parse(address);
                    o.SiloListeningEndpoint = new(IPAddress.Parse(address), options.SiloPort);
                    o.GatewayListeningEndpoint = new(IPAddress.Parse(address), options.GatewayPort);
                }
            })
            .Configure<SiloMessagingOptions>(o => (o.ResponseTimeout, o.SystemResponseTimeout) = (options.CallTimeout, options.CallTimeout))
            .Configure<ConnectionOptions>(Connect)
            .Configure<ClusterMembershipOptions>(o => Watch(o, options.SilentFor))
            .Configure<GrainCollectionOptions>(o => o.CollectionAge = options.IdleTime > TimeSpan.FromMinutes(1) ? options.IdleTime : TimeSpan.FromSeconds(61))
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options)))
            .AddAdoNetGrainStorage(GrainStorageSnapshots.Storage, o =>
            {
                (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options));
                o.GrainStorageSerializer = new SnapshotSerializer();
                o.DeleteStateOnClear = true;
            }));
    }

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

    private static void AddGateway(IServiceCollection services, ClusterOptions options, TimeProvider clock)
    {
        services.AddSingleton<FeedListeners>();
        services.AddSingleton<IFeeds>(provider => new ClusterFeeds(
            provider.GetRequiredService<FeedListeners>(), provider.GetRequiredService<IJournal>(), provider.GetRequiredService<RedisBus>(),
            clock, options.FeedBuffer));
        services.AddSingleton<IPresence>(provider => new ClusterPresence(provider.GetRequiredService<RedisBus>(), clock));
        services.AddSingleton<IBroadcast>(provider => provider.GetRequiredService<RedisBus>());
        services.AddSingleton<ITenantModelStore, PostgresTenantModels>();
        services.AddHosted<RedisTakes>();
        services.AddSingleton<ISharedTakes>(provider => provider.GetRequiredService<RedisTakes>());
        services.AddHosted<JournalTail>();
        services.AddSingleton<IEngineLoad>(provider => provider.GetRequiredService<ClusterLoad>());
        services.AddSingleton<IJournalHealth, ClusterHealth>();
        services.AddSingleton<IJournalErasure, ClusterErasure>();
        services.AddHostedService<GatewayStart>();
        services.AddSingleton<ICheckpoints, PostgresCheckpoints>();
        services.AddSingleton<IReminderStore, PostgresReminders>();
        services.AddHosted<PostgresLeadership>();
        services.AddSingleton<ILeadership>(provider => provider.GetRequiredService<PostgresLeadership>());
        services.AddFollowerOptions();
        services.AddHosted(provider => new FollowerRunner(
            provider.GetRequiredService<IJournalReader>(), provider.GetRequiredService<ICheckpoints>(), provider.GetServices<IJournalFollower>(),
            provider.GetRequiredService<IOptions<FollowerOptions>>(), clock, provider.GetRequiredService<ILogger<FollowerRunner>>(),
            provider.GetRequiredService<ILeadership>()));
        services.AddHosted(provider => new ReminderService(
            provider.GetRequiredService<IReminderStore>(), provider.GetServices<IReminderHandler>(), clock,
            provider.GetRequiredService<ILogger<ReminderService>>(), provider.GetRequiredService<ILeadership>()));
        services.AddSingleton<IScheduler>(provider => provider.GetRequiredService<ReminderService>());
    }

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
            provider.GetRequiredService<JournalWriter>(),
            provider.GetRequiredService<PostgresScrub>(),
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.MailboxLength,
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.RetryAfter));
    }

    private static void AddHosted<T>(this IServiceCollection services, Func<IServiceProvider, T>? make = null)
        where T : class, IHostedService
    {
        _ = make is null ? services.AddSingleton<T>() : services.AddSingleton(make);
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private sealed class OptionsCheck(ClusterOptions options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            var result = new ClusterOptionsValidator().Validate(null, options);
            return result.Failed ? throw new OptionsValidationException(ClusterOptions.Section, typeof(ClusterOptions), result.Failures) : Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
