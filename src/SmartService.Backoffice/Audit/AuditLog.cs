using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SmartService.Backoffice.Members;

namespace SmartService.Backoffice.Audit;

/// <summary>Null fields do not filter.</summary>
/// <param name="Action">Whole ("policy.change") or its first part ("policy").</param>
/// <param name="Text">Anywhere in name, target or summary.</param>
public sealed record AuditFilter(
    string? Actor = null, string? Action = null, string? Target = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Text = null);

/// <param name="BrokenAt">First record that does not fit; null when all do.</param>
public sealed record AuditVerdict(long Records, string? Head, long? BrokenAt)
{
    public bool IsValid => BrokenAt is null;
}

/// <summary>Who did what, a chain per store. Append-only; a record is on the disk when the call returns.</summary>
public sealed class AuditLog(MembersDatabase database, TimeProvider clock)
{
    private const string Columns = "tenant, number, at, kind, actor, name, action, target, summary, address, previous, hash";

    /// <summary>Writes one record behind the last, whichever process wrote that.</summary>
    public async Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        var (number, previous) = await LastAsync(connection, entry.Tenant, ct);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var draft = new AuditRecord(
            entry.Tenant, number + 1, at, entry.Actor, entry.Action, entry.Target, entry.Summary, entry.Address, previous, "");
        var record = draft with { Hash = draft.ComputeHash() };
        await InsertAsync(connection, record, ct);
        await transaction.CommitAsync(ct);
        return record;
    }

    /// <summary>Newest first, before a number.</summary>
    public async Task<IReadOnlyList<AuditRecord>> ListAsync(string tenant, AuditFilter filter, long? before, int limit, CancellationToken ct)
    {
        await using var connection = database.Open();
        await using var command = Select(connection, tenant, filter, "AND ($before IS NULL OR number < $before) ORDER BY number DESC LIMIT $limit");
        command.Parameters.AddWithValue("$before", (object?)before ?? DBNull.Value);
        command.Parameters.AddWithValue("$limit", limit);
        var records = new List<AuditRecord>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            records.Add(Read(rows));
        }

        return records;
    }

    /// <summary>Oldest first, streamed.</summary>
    public async IAsyncEnumerable<AuditRecord> ExportAsync(string tenant, AuditFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = database.Open();
        await using var command = Select(connection, tenant, filter, "ORDER BY number");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            yield return Read(rows);
        }
    }

    /// <summary>Reads the whole chain and computes it anew.</summary>
    public async Task<AuditVerdict> VerifyAsync(string tenant, CancellationToken ct)
    {
        var (count, head) = (0L, (string?)null);
        await foreach (var record in ExportAsync(tenant, new(), ct))
        {
            if (record.Number != count + 1 || record.Previous != (head ?? AuditRecord.First) || record.Hash != record.ComputeHash())
            {
                return new(count, head, record.Number);
            }

            (count, head) = (record.Number, record.Hash);
        }

        return new(count, head, null);
    }

    private static async Task<(long Number, string Hash)> LastAsync(SqliteConnection connection, string tenant, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, hash FROM audit WHERE tenant = $tenant ORDER BY number DESC LIMIT 1";
        command.Parameters.AddWithValue("$tenant", tenant);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? (rows.GetInt64(0), rows.GetString(1)) : (0, AuditRecord.First);
    }

    private static async Task InsertAsync(SqliteConnection connection, AuditRecord r, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO audit ({Columns}) VALUES ($tenant, $number, $at, $kind, $actor, $name, $action, $target, $summary, $address, $previous, $hash)";
        foreach (var (name, value) in new (string, object?)[]
        {
            ("$tenant", r.Tenant), ("$number", r.Number), ("$at", r.At.ToUnixTimeMilliseconds()), ("$kind", (int)r.Actor.Kind), ("$actor", r.Actor.Id),
            ("$name", r.Actor.Name), ("$action", r.Action), ("$target", r.Target), ("$summary", r.Summary), ("$address", r.Address),
            ("$previous", r.Previous), ("$hash", r.Hash),
        })
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private static SqliteCommand Select(SqliteConnection connection, string tenant, AuditFilter filter, string rest)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts; what callers send are parameters.
        command.CommandText =
            $"""
             SELECT {Columns} FROM audit WHERE tenant = $tenant
               AND ($actor IS NULL OR actor = $actor) AND ($action IS NULL OR action = $action OR action LIKE $action || '.%') AND ($target IS NULL OR target = $target)
               AND ($from IS NULL OR at >= $from) AND ($to IS NULL OR at < $to)
               AND ($text IS NULL OR instr(lower(coalesce(name, '') || ' ' || coalesce(target, '') || ' ' || coalesce(summary, '')), lower($text)) > 0) {rest}
             """;
#pragma warning restore CA2100
        foreach (var (name, value) in new (string, object?)[]
        {
            ("$tenant", tenant), ("$actor", filter.Actor), ("$action", filter.Action), ("$target", filter.Target), ("$from", filter.From?.ToUnixTimeMilliseconds()),
            ("$to", filter.To?.ToUnixTimeMilliseconds()), ("$text", string.IsNullOrEmpty(filter.Text) ? null : filter.Text),
        })
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private static AuditRecord Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        new((ActorKind)row.GetInt32(3), row.GetString(4), Text(row, 5)), row.GetString(6), Text(row, 7), Text(row, 8), Text(row, 9), row.GetString(10), row.GetString(11));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
