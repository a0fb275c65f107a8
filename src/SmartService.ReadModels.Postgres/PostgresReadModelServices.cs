using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine;
using SmartService.Postgres;
using SmartService.ReadModels.Postgres.Queries;
using SmartService.ReadModels.Postgres.Schema;
using SmartService.ReadModels.Postgres.Storage;
using SmartService.ReadModels.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres;

public static class PostgresReadModelServices
{
    /// <summary>
    /// Lists, filters and search over the journal, in tables that all nodes of a cluster share. Needs <see cref="IJournalReader"/>, and something that
    /// runs <see cref="IJournalFollower"/>s on one of the nodes.
    /// </summary>
    public static IServiceCollection AddPostgresReadModels(this IServiceCollection services, Action<PostgresReadModelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PostgresReadModelOptions();
        configure(options);
        services.AddSingleton(options);
        services.AddSingleton<ReadModelConnections>();
        services.AddSchemaCheck(PostgresReadModelSchema.Migrations, p => p.GetRequiredService<ReadModelConnections>().Reading);
        services.AddPooledDbContextFactory<PostgresReadModelContext>((provider, db) => db.UseNpgsql(provider.GetRequiredService<ReadModelConnections>().Reading));
        services.AddSingleton<IReadModelStore, PostgresReadModels>();
        services.AddSingleton<IReadModelReader, PostgresReader>();
        return services.AddReadModelQueries(new() { CatchUpBatch = options.CatchUpBatch });
    }
}
