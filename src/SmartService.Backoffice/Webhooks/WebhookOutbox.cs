using Microsoft.Data.Sqlite;
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
        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var (d, source) in deliveries)
        {
            await RunAsync(
                connection,
                """
                INSERT OR IGNORE INTO deliveries (id, tenant, webhook, source, event, at, body, state, attempts, status, error, next_at)
                VALUES ($id, $tenant, $webhook, $source, $event, $at, $body, $state, $attempts, $status, $error, $next)
                """,
                ct, ("$id", d.Id), ("$tenant", d.Tenant), ("$webhook", d.Webhook), ("$source", source), ("$event", d.Event), ("$at", d.At.UtcTicks), ("$body", d.Body),
                ("$state", (int)d.State), ("$attempts", d.Attempts), ("$status", d.Status), ("$error", d.Error), ("$next", d.NextAt?.UtcTicks));
        }

        foreach (var (tenant, webhook) in deliveries.Select(d => (d.Delivery.Tenant, d.Delivery.Webhook)).Distinct())
        {
            await RunAsync(
                connection,
                """
                DELETE FROM deliveries WHERE tenant = $tenant AND webhook = $webhook AND state <> 0 AND id NOT IN
                  (SELECT id FROM deliveries WHERE tenant = $tenant AND webhook = $webhook ORDER BY at DESC, id LIMIT $kept)
                """,
                ct, ("$tenant", tenant), ("$webhook", webhook), ("$kept", Kept));
        }

        await transaction.CommitAsync(ct);
        Wake();
    }

    public Task<IReadOnlyList<Delivery>> DueAsync(DateTimeOffset now, int most, CancellationToken ct) => ReadAsync(
        $"SELECT {Columns} FROM deliveries WHERE state = 0 AND next_at <= $now ORDER BY next_at LIMIT $most", ct, ("$now", now.UtcTicks), ("$most", most));

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) =>
        await ReadAsync($"SELECT {Columns} FROM deliveries WHERE state = 0 ORDER BY next_at LIMIT 1", ct) is [var first] ? first.NextAt : null;

    /// <summary>What became of a try. What is over keeps no body: it named a customer.</summary>
    public async Task NoteAsync(string id, DeliveryState state, int attempts, int? status, string? error, DateTimeOffset? nextAt, CancellationToken ct)
    {
        await using var connection = database.Open();
        await RunAsync(
            connection,
            "UPDATE deliveries SET state = $state, attempts = $attempts, status = $status, error = $error, next_at = $next, body = CASE WHEN $state = 0 THEN body ELSE '' END WHERE id = $id",
            ct, ("$id", id), ("$state", (int)state), ("$attempts", attempts), ("$status", status), ("$error", error), ("$next", nextAt?.UtcTicks));
    }

    /// <summary>Newest first, after the last of the page before.</summary>
    public Task<IReadOnlyList<Delivery>> ListAsync(string tenant, string webhook, int skip, int most, CancellationToken ct) => ReadAsync(
        $"SELECT {Columns} FROM deliveries WHERE tenant = $tenant AND webhook = $webhook ORDER BY at DESC, id LIMIT $most OFFSET $skip",
        ct, ("$tenant", tenant), ("$webhook", webhook), ("$most", most), ("$skip", skip));

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
        await using var connection = database.Open();
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

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts; what comes from outside are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
