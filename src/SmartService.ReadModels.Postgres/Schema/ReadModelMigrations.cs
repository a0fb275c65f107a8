using System.Globalization;
using Npgsql;
using SmartService.Engine;

namespace SmartService.ReadModels.Postgres.Schema;

/// <summary>
/// Brings the schema <c>read_models</c> to the shape this program needs. Numbered scripts, each in a transaction of its own and noted; under an
/// advisory lock, so that any number of nodes may try at once and as often as they like.
/// </summary>
/// <remarks>A script that changes what projections write also empties the tables: the node that projects fills them anew from the journal.</remarks>
public static class ReadModelMigrations
{
    /// <summary>"models" and 1 as bytes: only these migrations lock under it.</summary>
    private const long Lock = 0x6D6F64656C73_01;

    /// <summary>The version this program needs.</summary>
    public static int Needed => Scripts().Max(s => s.Number);

    /// <returns>Versions before and after.</returns>
    public static async Task<(int From, int To)> RunAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);

        // Held until the connection closes, whatever happens meanwhile.
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({Lock})"), ct);
        await ExecuteAsync(
            connection,
            """
            CREATE SCHEMA IF NOT EXISTS read_models;
            CREATE TABLE IF NOT EXISTS read_models.schema_version (version integer PRIMARY KEY, script text NOT NULL, at timestamptz NOT NULL DEFAULT now());
            """,
            ct);
        var from = await VersionAsync(connection, ct);
        var to = from;
        foreach (var (number, name) in Scripts().Where(s => s.Number > from).OrderBy(s => s.Number))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await ExecuteAsync(connection, Text(name), ct);
            await using (var note = new NpgsqlCommand("INSERT INTO read_models.schema_version (version, script) VALUES ($1, $2)", connection))
            {
                note.Parameters.Add(new() { Value = number });
                note.Parameters.Add(new() { Value = name });
                await note.ExecuteNonQueryAsync(ct);
            }

            await transaction.CommitAsync(ct);
            to = number;
        }

        return (from, to);
    }

    /// <summary>Fails with a line that names the remedy when the database is older than this program. A newer one is fine: rolling upgrades migrate first.</summary>
    /// <exception cref="DataFormatException">It was not migrated.</exception>
    public static async Task CheckAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("SELECT to_regclass('read_models.schema_version') IS NOT NULL", connection);
        var version = (bool)(await command.ExecuteScalarAsync(ct))! ? await VersionAsync(connection, ct) : 0;
        if (version < Needed)
        {
            throw new DataFormatException($"The read models in the database have version {version} and this program needs {Needed}. Run the migrate verb first.");
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM read_models.schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static IEnumerable<(int Number, string Name)> Scripts() => typeof(ReadModelMigrations).Assembly.GetManifestResourceNames()
        .Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
        .Select(n => (int.Parse(n.AsSpan(0, 4), CultureInfo.InvariantCulture), n));

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(ReadModelMigrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // Constant texts and the scripts of this assembly.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
