using Microsoft.Data.Sqlite;

namespace SmartService.ReadModels.Tests;

/// <summary>Read models in a folder of their own.</summary>
internal sealed class ReadModelFixture : ReadModelsUnderTest
{
    private readonly bool _ownsFolder;

    public ReadModelFixture(ShopJournal journal, string? folder = null, TimeProvider? time = null)
        : this(journal, folder ?? Directory.CreateTempSubdirectory("readmodels").FullName, time, folder is null)
    {
    }

    private ReadModelFixture(ShopJournal journal, string folder, TimeProvider? time, bool ownsFolder)
        : base(journal, time, services => services.AddReadModels(options => options.DataDirectory = folder)) =>
        (Folder, _ownsFolder) = (folder, ownsFolder);

    public string Folder { get; }

    public static Task<ReadModelsUnderTest> OpenAsync(ShopJournal journal, TimeProvider? time) =>
        Task.FromResult<ReadModelsUnderTest>(new ReadModelFixture(journal, time: time));

    public static async Task<ReadModelFixture> FollowingAsync(ShopJournal journal)
    {
        var models = new ReadModelFixture(journal);
        await models.FollowAsync();
        return models;
    }

    public override long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "readmodels.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables, from the tests.
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public override string Dump()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "readmodels.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var table in new[] { "progress", "tenants", "customers", "orders", "conversations", "questions", "timeline", "popups", "forecasts" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(table + ": " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : reader.GetValue(i))));
            }
        }

        return string.Join('\n', rows);
    }

    /// <summary>The bytes of the text on disk, in the database and in its log.</summary>
    public override bool Holds(string text) => Directory.EnumerateFiles(Folder)
        .Any(file => ReadShared(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
