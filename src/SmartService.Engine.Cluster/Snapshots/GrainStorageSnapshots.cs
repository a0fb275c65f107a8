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
/// A snapshot waiting here may be older than an erasure. So an erasure's removal waits in the same queue behind it; and on another
/// silo, where the entity was before, one is written only if the last event it stands on is not overwritten, and looked at once
/// more after.
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

    /// <summary>Removes the entity's snapshot, after all that were offered before.</summary>
    public async Task DropAsync(StreamKey key, CancellationToken ct)
    {
        var dropped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _offered.Writer.WriteAsync(new(key, 0, "", () => []) { Dropped = dropped }, ct);
        await dropped.Task;
    }

    private async Task DropAsync(StreamKey key)
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
                if (offered.Dropped is { } dropped)
                {
                    await DropAsync(offered.Key, dropped);
                }
                else
                {
                    await KeepAsync(offered);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What still waits is a cache; but who waits for a removal must not wait for ever.
            _offered.Writer.TryComplete();
            while (_offered.Reader.TryRead(out var offered))
            {
                offered.Dropped?.TrySetException(new JournalException("The silo stops.", outcomeKnown: false));
            }
        }
    }

    /// <summary>A name of its own per region: grain storage tells rows apart by it and by the entity's key alone.</summary>
    private static string NameOf(StreamKey key) => $"{key.Region}-snapshot";

    private static GrainId IdOf(StreamKey key) => GrainId.Create(key.Region, key.Entity.ToString());

    /// <summary>What goes wrong is told to who waits for it.</summary>
    private async Task DropAsync(StreamKey key, TaskCompletionSource dropped)
    {
        try
        {
            await DropAsync(key);
            dropped.TrySetResult();
        }
#pragma warning disable CA1031 // Whatever it is, the erasure is told and can be tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            dropped.TrySetException(e);
        }
    }

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

    private sealed record Offered(StreamKey Key, long Version, string Schema, Func<byte[]> Encode)
    {
        /// <summary>Not a snapshot but the wish to remove it.</summary>
        public TaskCompletionSource? Dropped { get; init; }
    }
}
