using System.Data.Common;
using SmartService.Backoffice.Members;

namespace SmartService.Backoffice.Webhooks;

public enum DeliveryState
{
    Waiting = 0, Delivered = 1, Failed = 2,
}

/// <summary>One delivery as it stands.</summary>
public sealed record Delivery(
    string Id, string Tenant, string Webhook, string Event, DateTimeOffset At, string Body, DeliveryState State, int Attempts, int? Status, string? Error, DateTimeOffset? NextAt);

/// <summary>What is to be told to whom, durable: it outlives restarts, and the same happening is in it once.</summary>
public sealed class WebhookOutbox(MembersDatabase database) : IDisposable
{
    internal const string Create =
        """
        CREATE TABLE IF NOT EXISTS deliveries (
          id TEXT PRIMARY KEY, tenant TEXT NOT NULL, webhook TEXT NOT NULL, source TEXT NOT NULL, event TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
          state INTEGER NOT NULL, attempts INTEGER NOT NULL, status INTEGER, error TEXT, next_at INTEGER, UNIQUE (tenant, webhook, source)) STRICT;
        CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (next_at) WHERE state = 0;
        CREATE INDEX IF NOT EXISTS deliveries_newest ON deliveries (tenant, webhook, at DESC, id);
        """;

    private const string Columns = "id, tenant, webhook, event, at, body, state, attempts, status, error, next_at";
    private const int Kept = 1_000;
    private readonly SemaphoreSlim _added = new(0, 1);

    /// <summary>All in one transaction; what is there already stays as it is.</summary>
    public async Task AddAsync(IReadOnlyCollection<(Delivery Delivery, string Source)> deliveries, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginAloneAsync(connection, "outbox", ct);
        foreach (var (d, source) in deliveries)
        {
            await RunAsync(
                connection,
                """
                INSERT INTO deliveries (id, tenant, webhook, source, event, at, body, state, attempts, status, error, next_at)
                VALUES (@id, @tenant, @webhook, @source, @event, @at, @body, @state, @attempts, @status, @error, @next) ON CONFLICT DO NOTHING
                """,
                ct, ("@id", d.Id), ("@tenant", d.Tenant), ("@webhook", d.Webhook), ("@source", source), ("@event", d.Event), ("@at", d.At.UtcTicks), ("@body", d.Body),
                ("@state", (long)d.State), ("@attempts", (long)d.Attempts), ("@status", (long?)d.Status), ("@error", d.Error), ("@next", d.NextAt?.UtcTicks));
        }

        foreach (var (tenant, webhook) in deliveries.Select(d => (d.Delivery.Tenant, d.Delivery.Webhook)).Distinct())
        {
            await RunAsync(
                connection,
                """
                DELETE FROM deliveries WHERE tenant = @tenant AND webhook = @webhook AND state <> 0 AND id NOT IN
                  (SELECT id FROM deliveries WHERE tenant = @tenant AND webhook = @webhook ORDER BY at DESC, id LIMIT @kept)
                """,
                ct, ("@tenant", tenant), ("@webhook", webhook), ("@kept", (long)Kept));
        }

        await transaction.CommitAsync(ct);
        Wake();
    }

    /// <summary>
    /// What is due, for this process alone: where others send as well, each row goes to one of them, and to another only when nothing was
    /// noted of it by <paramref name="until"/>.
    /// </summary>
    public Task<IReadOnlyList<Delivery>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int most, CancellationToken ct) => database.IsShared
        ? ReadAsync(
            $"""
             UPDATE deliveries SET next_at = @until WHERE id IN
               (SELECT id FROM deliveries WHERE state = 0 AND next_at <= @now ORDER BY next_at LIMIT @most FOR UPDATE SKIP LOCKED)
             RETURNING {Columns}
             """,
            ct, ("@now", now.UtcTicks), ("@until", until.UtcTicks), ("@most", (long)most))
        : ReadAsync(
            $"SELECT {Columns} FROM deliveries WHERE state = 0 AND next_at <= @now ORDER BY next_at LIMIT @most", ct, ("@now", now.UtcTicks), ("@most", (long)most));

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) =>
        await ReadAsync($"SELECT {Columns} FROM deliveries WHERE state = 0 ORDER BY next_at LIMIT 1", ct) is [var first] ? first.NextAt : null;

    /// <summary>What became of a try. What is over keeps no body: it named a customer.</summary>
    public async Task NoteAsync(string id, DeliveryState state, int attempts, int? status, string? error, DateTimeOffset? nextAt, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await RunAsync(
            connection,
            "UPDATE deliveries SET state = @state, attempts = @attempts, status = @status, error = @error, next_at = @next, body = CASE WHEN @state = 0 THEN body ELSE '' END WHERE id = @id AND state = 0",
            ct, ("@id", id), ("@state", (long)state), ("@attempts", (long)attempts), ("@status", (long?)status), ("@error", error), ("@next", nextAt?.UtcTicks));
    }

    /// <summary>Newest first, after the last of the page before.</summary>
    public Task<IReadOnlyList<Delivery>> ListAsync(string tenant, string webhook, int skip, int most, CancellationToken ct) => ReadAsync(
        $"SELECT {Columns} FROM deliveries WHERE tenant = @tenant AND webhook = @webhook ORDER BY at DESC, id LIMIT @most OFFSET @skip",
        ct, ("@tenant", tenant), ("@webhook", webhook), ("@most", (long)most), ("@skip", (long)skip));

    /// <summary>Returns when something was added, or after the time.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken ct) => await _added.WaitAsync(most, ct);

    public void Dispose() => _added.Dispose();

    private void Wake()
    {
        lock (_added)
        {
            if (_added.CurrentCount == 0)
            {
                _added.Release();
            }
        }
    }

    private async Task<IReadOnlyList<Delivery>> ReadAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = Command(connection, sql, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<Delivery>();
        while (await row.ReadAsync(ct))
        {
            found.Add(new(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), new(row.GetInt64(4), TimeSpan.Zero), row.GetString(5), (DeliveryState)row.GetInt32(6),
                row.GetInt32(7), row.IsDBNull(8) ? null : row.GetInt32(8), row.IsDBNull(9) ? null : row.GetString(9),
                row.IsDBNull(10) ? null : new DateTimeOffset(row.GetInt64(10), TimeSpan.Zero)));
        }

        return found;
    }

    private static async Task RunAsync(DbConnection connection, string sql, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Of those that may be null.</summary>
    private static bool IsNumber(string name) => name is "@status" or "@next";

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts; what comes from outside are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            if (value is long || (value is null && IsNumber(name)))
            {
                MembersDatabase.Add(command, name, (long?)value);
            }
            else
            {
                MembersDatabase.Add(command, name, (string?)value);
            }
        }

        return command;
    }
}
