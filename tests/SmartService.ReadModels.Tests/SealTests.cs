using Microsoft.Data.Sqlite;

namespace SmartService.ReadModels.Tests;

/// <summary>The checksum beside a file of read models that was closed in good order.</summary>
public sealed class SealTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("readmodels").FullName;
    private readonly ShopJournal _journal = new ShopJournal().Bustle();

    private string Models => Path.Combine(_folder, "readmodels.db");

    private string Seal => Models + ".seal";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Closed_IsSealedAndWhole()
    {
        await CloseAsync();

        File.Exists(Seal).ShouldBeTrue();
        ReadModelCheck.Fault(_folder).ShouldBeNull();
    }

    [Fact]
    public async Task Opened_TheSealIsTakenAway()
    {
        await CloseAsync();
        await using var models = new ReadModelFixture(_journal, _folder);

        await models.FollowAsync();

        File.Exists(Seal).ShouldBeFalse("it would say of a file that is written to how it was");
    }

    [Fact]
    public async Task BitFlipped_InALetter_IsNoticedAndTheFileMadeAnewFromTheJournal()
    {
        await CloseAsync();
        ChangeALetter("배송비가 얼마인가요?");

        ReadModelCheck.Fault(_folder).ShouldBe("it is not as it was closed");
        await using var models = new ReadModelFixture(_journal, _folder);
        await models.Follower.HandleAsync([_journal.Events[^1]], default);
        (await models.TextsAsync("배송비")).ShouldHaveSingleItem().ShouldBe("배송비가 얼마인가요?");
    }

    [Fact]
    public async Task CutOff_IsNoticedAndMadeAnew()
    {
        await CloseAsync();
        using (var file = File.OpenWrite(Models))
        {
            file.SetLength(file.Length - 4096);
        }

        ReadModelCheck.Fault(_folder).ShouldNotBeNull();
        await using var models = new ReadModelFixture(_journal, _folder);
        await models.Follower.HandleAsync([_journal.Events[^1]], default);
        (await models.SearchAsync(new())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Unsealed_AfterACrash_IsKeptWhenItsStructureIsSound()
    {
        await CloseAsync();
        File.Delete(Seal);
        Execute("UPDATE questions SET text = 'only in this file'");

        ReadModelCheck.Fault(_folder).ShouldBeNull();
        await using var models = new ReadModelFixture(_journal, _folder);
        await models.FollowAsync();
        (await models.SearchAsync(new())).ShouldAllBe(question => question.Text == "only in this file");
    }

    [Fact]
    public async Task Unsealed_WithADamagedStructure_IsMadeAnew()
    {
        await CloseAsync();
        File.Delete(Seal);
        using (var file = File.OpenWrite(Models))
        {
            file.Position = 4096;
            file.Write(new byte[4096]);
        }

        ReadModelCheck.Fault(_folder).ShouldNotBeNull();
        await using var models = new ReadModelFixture(_journal, _folder);
        await models.Follower.HandleAsync([_journal.Events[^1]], default);
        (await models.SearchAsync(new())).Count.ShouldBe(3);
    }

    [Fact]
    public void NoFile_IsNoFault() => ReadModelCheck.Fault(_folder).ShouldBeNull();

    private async Task CloseAsync()
    {
        await using var models = new ReadModelFixture(_journal, _folder);
        await models.FollowAsync();
    }

    private void ChangeALetter(string text)
    {
        var bytes = File.ReadAllBytes(Models);
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
        at.ShouldBeGreaterThan(0);
        bytes[at] ^= 1;
        File.WriteAllBytes(Models, bytes);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Models};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }
}
