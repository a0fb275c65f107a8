using Microsoft.Data.Sqlite;

namespace SmartService.ReadModels.Tests;

/// <summary>The file, when it is not what it should be.</summary>
public sealed class FileTests
{
    [Fact]
    public async Task File_OfAnotherSchema_IsMadeAnewFromTheJournal()
    {
        var journal = new ShopJournal().Bustle();
        var folder = Directory.CreateTempSubdirectory("readmodels").FullName;
        await using (var former = new ReadModelFixture(journal, folder))
        {
            await former.FollowAsync();
        }

        Execute(folder, "PRAGMA user_version = 99; DROP TABLE questions;");
        await using (var models = new ReadModelFixture(journal, folder))
        {
            await models.Follower.HandleAsync([journal.Events[^1]], default);
            (await models.SearchAsync(new())).Count.ShouldBe(3);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task File_NotADatabase_IsMadeAnew()
    {
        var folder = Directory.CreateTempSubdirectory("readmodels").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "readmodels.db"), new string('x', 10_000));
        await using (var models = new ReadModelFixture(new ShopJournal().Bustle(), folder))
        {
            await models.FollowAsync();
            (await models.SearchAsync(new())).Count.ShouldBe(3);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Execute(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "readmodels.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
