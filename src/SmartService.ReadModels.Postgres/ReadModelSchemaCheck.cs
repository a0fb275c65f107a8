using Microsoft.Extensions.Hosting;
using Npgsql;
using SmartService.Engine;
using SmartService.ReadModels.Postgres.Schema;

namespace SmartService.ReadModels.Postgres;

/// <summary>Ends a start whose database was not migrated, with the remedy.</summary>
internal sealed class ReadModelSchemaCheck(ReadModelConnections database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadModelMigrations.CheckAsync(database.Reading, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new JournalException($"PostgreSQL cannot be used: {e.Message}", outcomeKnown: true, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
