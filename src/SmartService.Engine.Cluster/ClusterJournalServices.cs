using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster;

/// <summary>The cluster's journal for what only reads it: a tool, not a node.</summary>
public static class ClusterJournalServices
{
    /// <summary>Adds <see cref="IJournalReader"/>. Nothing is kept, followed or told.</summary>
    public static IServiceCollection AddClusterJournalReader(this IServiceCollection services, ClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddStoredEvents(new(StoredEvents.Product));
        services.TryAddSingleton(provider => new EventCodecs(provider.GetServices<EventKindSet>().SelectMany(s => s.Kinds)));
        services.AddSingleton(_ => NpgsqlDataSource.Create(ClusterEngineServices.ConnectionString(options)));
        services.AddSingleton<JournalHead>();
        services.AddSingleton(new RecentEvents(1));
        return services.AddSingleton<IJournalReader>(provider => new PostgresJournal(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<JournalHead>(), provider.GetRequiredService<RecentEvents>(),
            provider.GetRequiredService<EventCodecs>(), TimeProvider.System, provider));
    }

    /// <summary>Finds how far the journal has come; the reader's head stays there.</summary>
    /// <exception cref="DataFormatException">The database was not migrated.</exception>
    /// <exception cref="JournalException">PostgreSQL cannot be used.</exception>
    public static Task FindHeadAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<JournalHead>().FindAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
}
