using Npgsql;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>Checkpoints beside the journal. They only move on: a node that lost the lease in the middle of a batch takes nothing back.</summary>
internal sealed class PostgresCheckpoints(NpgsqlDataSource database) : ICheckpoints
{
    public async ValueTask<long> LoadAsync(string follower, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT position FROM checkpoint WHERE follower = $1");
        command.Parameters.Add(new() { Value = follower });
        return await command.ExecuteScalarAsync(ct) is long position ? position : 0;
    }

    public async ValueTask SaveAsync(string follower, long position, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO checkpoint (follower, position) VALUES ($1, $2)
            ON CONFLICT (follower) DO UPDATE SET position = greatest(checkpoint.position, excluded.position)
            """);
        command.Parameters.Add(new() { Value = follower });
        command.Parameters.Add(new() { Value = position });
        await command.ExecuteNonQueryAsync(ct);
    }
}
