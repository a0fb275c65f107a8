using Microsoft.Extensions.Hosting;
using Npgsql;
using SmartService.Engine.Cluster.Journal;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>First of all: is the database there and migrated, and how far has the journal come.</summary>
/// <param name="meter">Asked for so that its instruments are there from the start.</param>
internal sealed class ClusterStart(NpgsqlDataSource database, JournalHead head, ClusterMeter meter) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return head.FindAsync(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
