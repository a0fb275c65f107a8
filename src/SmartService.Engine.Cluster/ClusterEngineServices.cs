using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
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
        services.AddSingleton<IHostedService>(_ => new OptionsCheck(options)); // Before anything connects.
        services.TryAddSingleton(TimeProvider.System);
        services.AddClusterEntities(options);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(ConnectionString(options)) { Name = "smartservice" }.Build());
        services.AddSingleton(new RecentEvents(options.RecentEvents));
        services.AddSingleton(provider => new PostgresJournal(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<JournalHead>(), provider.GetRequiredService<RecentEvents>(),
            provider.GetRequiredService<EventCodecs>(), clock ?? TimeProvider.System, provider));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<PostgresJournal>());
        services.AddSingleton<IJournalReader>(provider => provider.GetRequiredService<PostgresJournal>());
        services.AddSingleton<ClusterMeter>();
        services.AddHostedService<ClusterStart>();
        services.AddHosted<RedisBus>();
        if (options.IsSilo)
        {
            AddSilo(builder, options, clock ?? TimeProvider.System);
        }
        else
        {
            builder.UseOrleansClient(client => client
                .ConfigureEntities(options)
                .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options))));
        }

        if (options.IsGateway)
        {
            AddGateway(services, options, clock ?? TimeProvider.System);
        }

        return builder;
    }

    /// <summary>Adds stored events beside the product's own.</summary>
    public static IServiceCollection AddStoredEvents(this IServiceCollection services, EventKindSet kinds) => services.AddSingleton(kinds);

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

    private static void AddSilo(IHostApplicationBuilder builder, ClusterOptions options, TimeProvider clock)
    {
        // Before the silo, so that they stop after it: entities that leave still write.
        var services = builder.Services;
        services.AddHosted<GrainStorageSnapshots>();
        services.AddSingleton<ISnapshots>(provider => provider.GetRequiredService<GrainStorageSnapshots>());
        services.AddSingleton<IScrub, PostgresScrub>();
        services.AddHosted<JournalWriter>();
        services.AddSingleton<IPressureGauge>(provider => provider.GetRequiredService<JournalWriter>());
        services.AddSingleton<IJournalHealth>(provider => provider.GetRequiredService<JournalWriter>());
        services.AddSingleton(provider => new OverdueReminders(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IOptions<ClusterOptions>>(), clock,
            provider.GetRequiredService<ILogger<OverdueReminders>>()));
        builder.UseOrleans(silo => silo
            .ConfigureEntities(options)
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
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options)))
            .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options)))
            .AddAdoNetGrainStorage(GrainStorageSnapshots.Storage, o =>
            {
                (o.Invariant, o.ConnectionString) = ("Npgsql", ConnectionString(options));
                o.GrainStorageSerializer = new SnapshotSerializer();
                o.DeleteStateOnClear = true;
            }));
        services.AddHostedService<OverdueStart>(); // After the silo: it calls a grain.
    }

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
        services.AddSingleton(new ReminderPulse(clock));
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
