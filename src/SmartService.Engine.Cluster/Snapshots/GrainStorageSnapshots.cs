using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;
using Orleans.Storage;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Snapshots;

/// <summary>
/// Snapshots in Orleans' ADO.NET grain storage, one state name per region. Written one after another behind the entities' backs;
/// a write that fails costs a longer replay.
/// </summary>
/// <remarks>
/// A snapshot waiting here may be older than an erasure. So it is written only if the last event it stands on is not overwritten,
/// and looked at once more after: an erasure first overwrites, then removes the snapshot.
/// </remarks>
internal sealed partial class GrainStorageSnapshots(IServiceProvider services, NpgsqlDataSource database, ILogger<GrainStorageSnapshots> logger)
    : BackgroundService, ISnapshots
{
    public const string Storage = "snapshots";
    private const int MostWaiting = 1_024;
    private readonly Channel<Offered> _offered = Channel.CreateBounded<Offered>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Lazy<IGrainStorage> _storage = new(() => services.GetRequiredKeyedService<IGrainStorage>(Storage));

    public async ValueTask<StoredSnapshot?> LoadAsync(StreamKey key, CancellationToken ct)
    {
        try
        {
            var state = await ReadAsync(key);
            return state.RecordExists ? new(state.State!.Version, state.State.Schema, state.State.Data) : null;
        }
#pragma warning disable CA1031 // A snapshot that cannot be read is replaced by replay.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, key.ToString());
            return null;
        }
    }

    public void Offer(StreamKey key, long version, string schema, Func<byte[]> encode) => _offered.Writer.TryWrite(new(key, version, schema, encode));

    /// <summary>Removes the entity's snapshot.</summary>
    public async Task DropAsync(StreamKey key)
    {
        var state = await ReadAsync(key);
        if (state.RecordExists)
        {
            await _storage.Value.ClearStateAsync(NameOf(key), IdOf(key), state);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var offered in _offered.Reader.ReadAllAsync(stoppingToken))
            {
                await KeepAsync(offered);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What still waits is a cache.
        }
    }

    /// <summary>A name of its own per region: grain storage tells rows apart by it and by the entity's key alone.</summary>
    private static string NameOf(StreamKey key) => $"{key.Region}-snapshot";

    private static GrainId IdOf(StreamKey key) => GrainId.Create(key.Region, key.Entity.ToString());

    private async Task KeepAsync(Offered offered)
    {
        var (key, version, schema, encode) = offered;
        try
        {
            var state = await ReadAsync(key);
            if ((state.RecordExists && state.State!.Schema == schema && state.State.Version >= version) || await IsOverwrittenAsync(key, version))
            {
                return;
            }

            state.State = new() { Version = version, Schema = schema, Data = encode() };
            await _storage.Value.WriteStateAsync(NameOf(key), IdOf(key), state);
            if (await IsOverwrittenAsync(key, version))
            {
                await DropAsync(key);
            }
        }
        catch (InconsistentStateException)
        {
            // Another silo kept one meanwhile.
        }
#pragma warning disable CA1031 // See above: a cache.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, key.ToString());
        }
    }

    private async Task<GrainState<SnapshotState>> ReadAsync(StreamKey key)
    {
        var state = new GrainState<SnapshotState>(new());
        await _storage.Value.ReadStateAsync(NameOf(key), IdOf(key), state);
        return state;
    }

    private async Task<bool> IsOverwrittenAsync(StreamKey key, long version)
    {
        await using var command = database.CreateCommand(
            "SELECT kind = '' FROM journal WHERE tenant = $1 AND region = $2 AND entity = $3 AND version = $4");
        PostgresJournal.AddStream(command.Parameters, key);
        command.Parameters.Add(new() { Value = version });
        return await command.ExecuteScalarAsync() is true;
    }

    [LoggerMessage(2341, LogLevel.Warning, "The snapshot of {Stream} could not be read or kept; its entity is replayed.")]
    private partial void LogFailed(Exception e, string stream);

    private sealed record Offered(StreamKey Key, long Version, string Schema, Func<byte[]> Encode);
}
