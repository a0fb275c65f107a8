using System.Data.Common;
using System.Runtime.CompilerServices;
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
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginAloneAsync(connection, $"audit:{entry.Tenant}", ct);
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
        await using var connection = await database.OpenAsync(ct);
        await using var command = Select(connection, tenant, filter, "AND (@before IS NULL OR number < @before) ORDER BY number DESC LIMIT @limit");
        MembersDatabase.Add(command, "@before", before);
        MembersDatabase.Add(command, "@limit", limit);
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
        await using var connection = await database.OpenAsync(ct);
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

    private static async Task<(long Number, string Hash)> LastAsync(DbConnection connection, string tenant, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, hash FROM audit WHERE tenant = @tenant ORDER BY number DESC LIMIT 1";
        MembersDatabase.Add(command, "@tenant", tenant);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? (rows.GetInt64(0), rows.GetString(1)) : (0, AuditRecord.First);
    }

    private static async Task InsertAsync(DbConnection connection, AuditRecord r, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO audit ({Columns}) VALUES (@tenant, @number, @at, @kind, @actor, @name, @action, @target, @summary, @address, @previous, @hash)";
        foreach (var (name, value) in new (string, string?)[]
        {
            ("@tenant", r.Tenant), ("@actor", r.Actor.Id), ("@name", r.Actor.Name), ("@action", r.Action), ("@target", r.Target), ("@summary", r.Summary),
            ("@address", r.Address), ("@previous", r.Previous), ("@hash", r.Hash),
        })
        {
            MembersDatabase.Add(command, name, value);
        }

        MembersDatabase.Add(command, "@number", r.Number);
        MembersDatabase.Add(command, "@at", r.At.ToUnixTimeMilliseconds());
        MembersDatabase.Add(command, "@kind", (long)r.Actor.Kind);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DbCommand Select(DbConnection connection, string tenant, AuditFilter filter, string rest)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts; what callers send are parameters.
        command.CommandText =
            $"""
             SELECT {Columns} FROM audit WHERE tenant = @tenant
               AND (@actor IS NULL OR actor = @actor) AND (@action IS NULL OR action = @action OR action LIKE @action || '.%') AND (@target IS NULL OR target = @target)
               AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to)
               AND (@text IS NULL OR lower(coalesce(name, '') || ' ' || coalesce(target, '') || ' ' || coalesce(summary, '')) LIKE lower(@text) ESCAPE '!') {rest}
             """;
#pragma warning restore CA2100
        MembersDatabase.Add(command, "@tenant", tenant);
        MembersDatabase.Add(command, "@actor", filter.Actor);
        MembersDatabase.Add(command, "@action", filter.Action);
        MembersDatabase.Add(command, "@target", filter.Target);
        MembersDatabase.Add(command, "@from", filter.From?.ToUnixTimeMilliseconds());
        MembersDatabase.Add(command, "@to", filter.To?.ToUnixTimeMilliseconds());
        MembersDatabase.Add(command, "@text", string.IsNullOrEmpty(filter.Text) ? null : $"%{Literally(filter.Text)}%");
        return command;
    }

    /// <summary>What means something in LIKE stands for itself.</summary>
    private static string Literally(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    private static AuditRecord Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        new((ActorKind)row.GetInt32(3), row.GetString(4), Text(row, 5)), row.GetString(6), Text(row, 7), Text(row, 8), Text(row, 9), row.GetString(10), row.GetString(11));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
