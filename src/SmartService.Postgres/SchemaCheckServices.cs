using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace SmartService.Postgres;

public static class SchemaCheckServices
{
    /// <summary>Ends a start whose database cannot be used or was not migrated, with the remedy. Before whatever reads that part of the database.</summary>
    public static IServiceCollection AddSchemaCheck(
        this IServiceCollection services, SchemaMigrations migrations, Func<IServiceProvider, NpgsqlDataSource> database) =>

        // Not AddHostedService, which takes only the first of a type: every part has a check of its own.
        services.AddSingleton<IHostedService>(provider => new SchemaCheck(migrations, database(provider)));

    private sealed class SchemaCheck(SchemaMigrations migrations, NpgsqlDataSource database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => migrations.CheckAsync(database, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
