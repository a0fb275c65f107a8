using System.Globalization;
using Npgsql;
using SmartService.Engine;

namespace SmartService.Backoffice.Postgres;

/// <summary>
/// Brings the schema of members to the shape this program needs: numbered scripts, each in a transaction of its own and noted, under an advisory lock,
/// so that any number of nodes may try at once and as often as they like.
/// </summary>
public static class MembersMigrations
{
    /// <summary>Apart from the journal's tables: Identity's have names of their own.</summary>
    public const string Schema = "members";

    /// <summary>"members" as bytes: only these migrations lock under it.</summary>
    private const long Lock = 0x6D656D62657273;

    private static int Needed => Scripts().Max(s => s.Number);

    /// <returns>Versions before and after.</returns>
    public static async Task<(int From, int To)> RunAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema, Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({Lock})"), ct);
        await RunAsync(
            connection,
            $"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS {Schema}.schema_version (version integer PRIMARY KEY, script text NOT NULL, at timestamptz NOT NULL DEFAULT now())",
            ct);
        var from = await VersionAsync(connection, ct);
        foreach (var (number, name) in Scripts().Where(s => s.Number > from).OrderBy(s => s.Number))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await RunAsync(connection, Text(name), ct);
            await using var note = new NpgsqlCommand("INSERT INTO schema_version (version, script) VALUES ($1, $2)", connection);
            note.Parameters.Add(new() { Value = number });
            note.Parameters.Add(new() { Value = name });
            await note.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return (from, Math.Max(from, Needed)); // The lock ends with the connection.
    }

    /// <exception cref="DataFormatException">It was not migrated.</exception>
    public static async Task CheckAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var find = new NpgsqlCommand($"SELECT to_regclass('{Schema}.schema_version') IS NOT NULL", connection);
        var version = await find.ExecuteScalarAsync(ct) is true ? await VersionAsync(connection, ct) : 0;
        if (version < Needed)
        {
            throw new DataFormatException($"The database has version {version} of the members' tables and this program needs {Needed}. Run the migrate verb first.");
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT coalesce(max(version), 0) FROM {Schema}.schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static IEnumerable<(int Number, string Name)> Scripts() => typeof(MembersMigrations).Assembly.GetManifestResourceNames()
        .Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
        .Select(n => (int.Parse(n.AsSpan(0, 4), CultureInfo.InvariantCulture), n));

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(MembersMigrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // Constant texts of the schema.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
