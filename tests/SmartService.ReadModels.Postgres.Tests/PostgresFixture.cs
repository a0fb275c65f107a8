using System.Globalization;
using Npgsql;
using SmartService.Postgres.Contract;
using SmartService.ReadModels.Postgres.Schema;

namespace SmartService.ReadModels.Postgres.Tests;

/// <summary>Read models of one node. Two of them over one database are two nodes.</summary>
internal sealed class PostgresFixture : ReadModelsUnderTest
{
    private static readonly string[] Tables = ["progress", "tenants", "customers", "orders", "conversations", "questions", "timeline", "popups", "forecasts"];
    private readonly bool _ownsDatabase;

    public PostgresFixture(string database, ShopJournal journal, TimeProvider? time = null, bool ownsDatabase = false)
        : base(journal, time, services => services.AddPostgresReadModels(options => (options.Database, options.CatchUpBatch) = (database, 7))) =>
        (Database, _ownsDatabase) = (database, ownsDatabase);

    public string Database { get; }

    public static async Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time) =>
        new PostgresFixture(await TestPostgres.CreateDatabaseAsync(PostgresReadModelSchema.Migrations), journal, time, ownsDatabase: true);

    public override long Count(string table) => (long)Rows($"SELECT count(*) FROM read_models.{table}")[0][0]!;

    public override string Dump() => string.Join('\n', Tables.SelectMany(table => Rows($"SELECT {Columns(table)} FROM read_models.{table} ORDER BY 1, 2")
        .Select(row => table + ": " + string.Join(" | ", row.Select(Text)))));

    public override bool Holds(string text) => Tables.Any(table => (bool)Rows(
        $"SELECT EXISTS (SELECT FROM read_models.{table} t WHERE strpos(t::text, '{text}') > 0)")[0][0]!);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDatabase)
        {
            await TestPostgres.DropAsync(Database);
        }
    }

    public List<object?[]> Rows(string sql)
    {
        using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }

    /// <summary>What this store keeps for itself is left out: the count of rebuilds, and the text to search in.</summary>
    private string Columns(string table) => string.Join(", ", Rows(
        $"""
        SELECT quote_ident(attname) FROM pg_attribute
        WHERE attrelid = 'read_models.{table}'::regclass AND attnum > 0 AND attname NOT IN ('generation', 'search') ORDER BY attnum
        """).Select(row => row[0]));

    private static string Text(object? value) => value switch
    {
        null => "-",
        bool flag => flag ? "1" : "0",
        _ => string.Format(CultureInfo.CurrentCulture, "{0}", value),
    };
}
