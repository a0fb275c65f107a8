using Npgsql;
using NpgsqlTypes;
using SmartService.Engine.Cluster.Snapshots;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>
/// Overwrites the past of one erased entity, in one transaction, and then removes its snapshot. Runs on a silo.
/// </summary>
/// <remarks>PostgreSQL keeps a row's former version until the table is vacuumed, out of the reach of every statement, and its
/// log until it is recycled: see docs/adr/0004.</remarks>
internal sealed class PostgresScrub(NpgsqlDataSource database, GrainStorageSnapshots snapshots, EventCodecs codecs) : IScrub
{
    public async Task<long> ScrubAsync(StreamKey key, CancellationToken ct)
    {
        try
        {
            var erasure = await OverwriteAsync(key, ct);
            if (erasure > 0)
            {
                await snapshots.DropAsync(key, ct);
            }

            return erasure;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or Orleans.Storage.InconsistentStateException or System.Threading.Channels.ChannelClosedException)
        {
            throw new JournalException("What was forgotten could not be overwritten; call again.", outcomeKnown: false, e);
        }
    }

    private async Task<long> OverwriteAsync(StreamKey key, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            WITH last AS (
                SELECT version, kind FROM journal WHERE tenant = $1 AND region = $2 AND entity = $3 ORDER BY version DESC LIMIT 1),
            overwritten AS (
                UPDATE journal j SET kind = '', feed = NULL, body = '' FROM last
                WHERE j.tenant = $1 AND j.region = $2 AND j.entity = $3 AND j.version < last.version AND last.kind = ANY ($4) AND j.kind <> '')
            SELECT version FROM last WHERE kind = ANY ($4)
            """);
        PostgresJournal.AddStream(command.Parameters, key);
        command.Parameters.Add(new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            Value = codecs.Kinds.Where(k => k.Erases).Select(k => k.Name).ToArray(),
        });
        return await command.ExecuteScalarAsync(ct) is long version ? version : 0;
    }
}
