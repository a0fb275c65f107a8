using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Tests;

/// <summary>Read models in a folder of their own.</summary>
internal sealed class ReadModelFixture : IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private readonly ServiceProvider _services;

    public ReadModelFixture(ShopJournal journal, string? folder = null, TimeProvider? time = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("readmodels").FullName;
        Journal = journal;
        _services = new ServiceCollection()
            .AddSingleton<IJournalReader>(journal)
            .AddSingleton(time ?? TimeProvider.System)
            .AddReadModels(options => options.DataDirectory = Folder)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public string Folder { get; }

    public ShopJournal Journal { get; }

    public IQuestionLog Log => _services.GetRequiredService<IQuestionLog>();

    public IDirectory Directories => _services.GetRequiredService<IDirectory>();

    public IInsights Insights => _services.GetRequiredService<IInsights>();

    public IPopupOutcomes Outcomes => _services.GetRequiredService<IPopupOutcomes>();

    public ReadModelRebuild Rebuild => _services.GetRequiredService<ReadModelRebuild>();

    public IJournalFollower Follower => _services.GetServices<IJournalFollower>().Single();

    public static async Task<ReadModelFixture> FollowingAsync(ShopJournal journal)
    {
        var models = new ReadModelFixture(journal);
        await models.FollowAsync();
        return models;
    }

    public async Task FollowAsync() => await Follower.HandleAsync(Journal.Events, default);

    public async Task<IReadOnlyList<LoggedQuestion>> SearchAsync(QuestionFilter filter) =>
        (await Log.SearchAsync(ShopJournal.Tenant, filter, null, 200, default)).Items;

    public async Task<string[]> TextsAsync(string text) => [.. (await SearchAsync(new(Text: text))).Select(question => question.Text)];

    public long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "readmodels.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables, from the tests.
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Every row of every table, in order.</summary>
    public string Dump()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "readmodels.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var table in new[] { "progress", "tenants", "customers", "orders", "conversations", "questions", "timeline", "popups" })
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
    public bool IsOnDisk(string text) => System.IO.Directory.EnumerateFiles(Folder)
        .Any(file => ReadShared(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            System.IO.Directory.Delete(Folder, recursive: true);
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
