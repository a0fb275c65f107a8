using Microsoft.Extensions.Hosting;
using Npgsql;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Schema;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>First of all: is the database there and migrated, and how far has the journal come.</summary>
/// <param name="meter">Asked for so that its instruments are there from the start.</param>
internal sealed class ClusterStart(NpgsqlDataSource database, JournalHead head, ClusterMeter meter) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meter);
        try
        {
            await Migrations.CheckAsync(database, cancellationToken);
            await using var command = database.CreateCommand("SELECT position FROM journal_head");
            head.MoveTo((long)(await command.ExecuteScalarAsync(cancellationToken))!);
        }
        catch (NpgsqlException e)
        {
            throw new JournalException($"PostgreSQL cannot be used: {e.Message}", outcomeKnown: true, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
