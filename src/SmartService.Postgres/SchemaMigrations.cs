using System.Globalization;
using System.Reflection;
using Npgsql;
using SmartService.Engine;

namespace SmartService.Postgres;

/// <summary>
/// Brings one part of the database to the shape this program needs. Numbered scripts, each in a transaction of its own and noted in the part's table
/// <c>schema_version</c>; under an advisory lock, so that any number of nodes may try at once and as often as they like. Thread-safe.
/// </summary>
/// <param name="scripts">Where the scripts are embedded, named <c>0001-what.sql</c> and on; it holds those of one part only.</param>
public sealed class SchemaMigrations(Assembly scripts)
{
    private readonly (int Number, string Name)[] _scripts = [.. scripts.GetManifestResourceNames()
        .Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
        .Select(n => (int.Parse(n.AsSpan(0, 4), CultureInfo.InvariantCulture), n))
        .Order()];

    /// <summary>What the part is called in a line to a person, for example <c>the journal</c>.</summary>
    public required string Part { get; init; }

    /// <summary>Key of the advisory lock: of this part alone, and the same in every version of the program, as two of them may migrate at once.</summary>
    public required long Lock { get; init; }

    /// <summary>Where the part's tables lie; made when it is not there, and what a script names without a schema is in it. Null: where the connection string leads, as a rule <c>public</c>.</summary>
    public string? Schema { get; init; }

    /// <summary>The version this program needs.</summary>
    public int Needed => _scripts[^1].Number;

    private string Versions => Schema is null ? "schema_version" : $"{Schema}.schema_version";

    /// <summary>Runs the scripts the database has not seen. One that is newer than this program stays as it is.</summary>
    /// <returns>Versions before and after.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL cannot be reached, or a script failed: those before it stay done, and running again is safe.</exception>
    public async Task<(int From, int To)> RunAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ForScripts(connectionString));
        await connection.OpenAsync(ct);

        // Held until the connection closes, whatever happens meanwhile: an unlock could itself fail, and hide why.
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({Lock})"), ct);
        if (Schema is not null)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {Schema}", ct);
        }

        await ExecuteAsync(
            connection,
            $"CREATE TABLE IF NOT EXISTS {Versions} (version integer PRIMARY KEY, script text NOT NULL, at timestamptz NOT NULL DEFAULT now())",
            ct);
        var from = await VersionAsync(connection, ct);
        var to = from;
        foreach (var (number, name) in _scripts.Where(s => s.Number > from))
        {
            await RunAsync(connection, number, name, ct);
            to = number;
        }

        return (from, to);
    }

    /// <summary>Fails with a line that names the remedy when the database is older than this program. A newer one is fine: rolling upgrades migrate first.</summary>
    /// <exception cref="DataFormatException">It was not migrated.</exception>
    /// <exception cref="JournalException">PostgreSQL cannot be used; the message says why.</exception>
    public async Task CheckAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        int version;
        try
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var find = Command(connection, $"SELECT to_regclass('{Versions}') IS NOT NULL");
            version = await find.ExecuteScalarAsync(ct) is true ? await VersionAsync(connection, ct) : 0;
        }
        catch (NpgsqlException e)
        {
            throw new JournalException($"PostgreSQL cannot be used: {e.Message}", outcomeKnown: true, e);
        }

        if (version < Needed)
        {
            throw new DataFormatException($"The database has schema version {version} of {Part} and this program needs {Needed}. Run the migrate verb first.");
        }
    }

    private async Task RunAsync(NpgsqlConnection connection, int number, string name, CancellationToken ct)
    {
        using var script = new StreamReader(scripts.GetManifestResourceStream(name)!);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, await script.ReadToEndAsync(ct), ct);
        await using (var note = Command(connection, $"INSERT INTO {Versions} (version, script) VALUES ($1, $2)"))
        {
            note.Parameters.Add(new() { Value = number });
            note.Parameters.Add(new() { Value = name });
            await note.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Command(connection, $"SELECT coalesce(max(version), 0) FROM {Versions}");
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private string ForScripts(string connectionString)
    {
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        own.SearchPath = Schema ?? own.SearchPath;
        return own.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        // No parameters are parsed out of the scripts: Orleans' statements name theirs with '@' inside of literals.
        await using var command = Command(connection, sql);
        command.CommandTimeout = 0; // Another node's migration, and a script over a long journal, take as long as they take.
        await command.ExecuteNonQueryAsync(ct);
    }

#pragma warning disable CA2100 // Constant texts, the parts' own names and the embedded scripts.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}
