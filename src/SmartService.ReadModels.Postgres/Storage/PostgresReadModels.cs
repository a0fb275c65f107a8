using Microsoft.Extensions.Logging;
using Npgsql;
using SmartService.Engine;
using SmartService.ReadModels.Projections;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>
/// The tables in the cluster's database, one for all nodes. The node that runs what must run once writes them; around a change two may
/// try for a moment, and each event is applied by one of them: see <see cref="BatchStatement"/>.
/// </summary>
internal sealed partial class PostgresReadModels : IReadModelStore
{
    private readonly NpgsqlDataSource _database;
    private readonly ILogger<PostgresReadModels> _logger;
    private readonly WorkingSet _set = new();
    private readonly Projector _projector;
    private TablesState? _known;

    public PostgresReadModels(ReadModelConnections database, ILogger<PostgresReadModels> logger)
    {
        (_database, _logger) = (database.Writing, logger);
        _projector = new(_set);
    }

    public bool IsShared => true;

    /// <summary>The migrate verb made them.</summary>
    public void EnsureOpen()
    {
    }

    public async ValueTask<long> PositionAsync(CancellationToken ct) => (_known ??= await ReadStateAsync(ct)).Position;

    public async ValueTask ProjectAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        foreach (var segment in Segments.Of(events, await PositionAsync(ct)))
        {
            await PrepareAsync(segment, ct);
            if (!await WriteAsync(segment, ct))
            {
                return;
            }
        }
    }

    public async ValueTask ResetAsync(CancellationToken ct)
    {
        Forget();
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // The position last: who writes has locked the tables before it, and waits there.
        await using var command = new NpgsqlCommand(
            """
            TRUNCATE read_models.tenants, read_models.customers, read_models.orders, read_models.conversations, read_models.questions,
              read_models.timeline, read_models.popups, read_models.forecasts;
            UPDATE read_models.progress SET generation = generation + 1, position = 0;
            """, connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public void Dispose()
    {
    }

    /// <summary>Reads what the events are held against, and changes it in memory.</summary>
    internal async Task PrepareAsync(IReadOnlyList<JournalledEvent> segment, CancellationToken ct)
    {
        try
        {
            _set.Needed.Collect(segment, _set);
            await RowReader.ReadAsync(_database, _set, ct);
            _projector.Apply(segment, 0);
            _set.Flush();
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <returns>False when another node wrote meanwhile: nothing was written here.</returns>
    internal async Task<bool> WriteAsync(IReadOnlyList<JournalledEvent> segment, CancellationToken ct)
    {
        var (from, to) = (_known ??= await ReadStateAsync(ct), segment[^1].Position);
        try
        {
            if (!await _set.Statement.RunAsync(_database, from, to, ct))
            {
                Forget();
                LogOvertaken(from.Position);
                return false;
            }
        }
        catch
        {
            Forget(); // Written or not is unknown now: the position tells, when it is read again.
            throw;
        }

        _known = new(from.Generation, to);
        if (Segments.Erases(segment[0]))
        {
            _set.Drop();
        }
        else
        {
            _set.Written();
        }

        return true;
    }

    private void Forget()
    {
        _known = null;
        _set.Drop();
    }

    private async Task<TablesState> ReadStateAsync(CancellationToken ct)
    {
        await using var command = _database.CreateCommand("SELECT generation, position FROM read_models.progress");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetInt64(0), reader.GetInt64(1)) : throw new DataFormatException("The read models hold no position.");
    }

    [LoggerMessage(EventId = 4211, Level = LogLevel.Information, Message = "Another node wrote the read models after position {Position}; nothing was written here")]
    private partial void LogOvertaken(long position);
}
