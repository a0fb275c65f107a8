using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded.Sqlite;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>What the engine says about data it cannot use.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    private string Journal => System.IO.Path.Combine(_folder.Path, "journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_FolderInUse_IsRefusedInOneLine()
    {
        await using var first = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        var refused = await Should.ThrowAsync<DataFolderException>(() => EmbeddedUnderTest.StartAsync(_folder.Path, new()));
        refused.Message.ShouldContain("in use");
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Start_FolderIsAFile_IsRefusedInOneLine()
    {
        await File.WriteAllTextAsync(_folder.Path, "not a folder");
        try
        {
            var refused = await Should.ThrowAsync<DataFolderException>(() => EmbeddedUnderTest.StartAsync(_folder.Path, new()));
            refused.Message.ShouldContain("--data");
        }
        finally
        {
            File.Delete(_folder.Path);
        }
    }

    [Fact]
    public async Task Start_NewerFormat_IsRefusedInOneLine()
    {
        await WriteOneAsync();
        using (var connection = Database.OpenForWriting(Journal, "FULL"))
        {
            Database.Execute(connection, "PRAGMA user_version = 99");
        }

        var refused = await Should.ThrowAsync<DataFormatException>(() => EmbeddedUnderTest.StartAsync(_folder.Path, new()));
        refused.Message.ShouldContain("format 99");
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Start_SomebodyElsesFile_IsRefused()
    {
        Directory.CreateDirectory(_folder.Path);
        using (var connection = Database.OpenForWriting(Journal, "FULL"))
        {
            Database.Execute(connection, "CREATE TABLE other(x)");
        }

        await Should.ThrowAsync<DataFormatException>(() => EmbeddedUnderTest.StartAsync(_folder.Path, new()));
    }

    [Fact]
    public async Task Read_FlippedBit_IsNamedAndNeverServed()
    {
        await WriteOneAsync();
        Damaged.FlipIn(Journal, "needle-to-find");
        await using var engine = await StartKnowingIndexAsync();
        var damage = await Should.ThrowAsync<JournalException>(async () => await engine.Ledgers.ReadAsync(Ledger.Key("a"), Never));
        damage.Message.ShouldContain("position 1 ");
        await Should.ThrowAsync<JournalException>(async () => await engine.Journal.ReadAsync(0, 10, Never));
        (await engine.Ledgers.HandleAsync(Ledger.Key("b"), new LedgerCommand.Put("fine", 1), Never)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Read_MissingRecord_IsNamed()
    {
        await WriteOneAsync();
        using (var connection = Database.OpenForWriting(Journal, "FULL"))
        {
            Database.Execute(connection, "DELETE FROM entry WHERE position = 1");
        }

        await using var engine = await StartKnowingIndexAsync();
        var damage = await Should.ThrowAsync<JournalException>(async () => await engine.Ledgers.ReadAsync(Ledger.Key("a"), Never));
        damage.Message.ShouldContain("missing");
    }

    [Fact]
    public async Task Start_IndexGone_IsMadeAnew()
    {
        await WriteOneAsync();
        File.Delete(System.IO.Path.Combine(_folder.Path, "index.db"));
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await engine.Ledgers.ReadAsync(Ledger.Key("a"), Never)).Ids.ShouldBe(["needle-to-find"]);
    }

    [Fact]
    public async Task Start_IndexIsRubbish_IsMadeAnew()
    {
        await WriteOneAsync();
        await File.WriteAllBytesAsync(System.IO.Path.Combine(_folder.Path, "index.db"), new byte[10_000]);
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await engine.Ledgers.ReadAsync(Ledger.Key("b"), Never)).Ids.ShouldBe(["second"]);
    }

    [Fact]
    public void Options_ManyFaults_AreReportedTogether()
    {
        var result = new EmbeddedEngineOptionsValidator().Validate(
            null, new() { DataDirectory = " ", MailboxLength = 0, RetryAfter = TimeSpan.Zero });
        result.Failed.ShouldBeTrue();
        result.Failures!.Count().ShouldBe(3);
        result.FailureMessage.ShouldContain("SmartService:Engine:MailboxLength");
    }

    private async Task WriteOneAsync()
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("needle-to-find", 1), Never);
        await engine.Ledgers.HandleAsync(Ledger.Key("b"), new LedgerCommand.Put("second", 1), Never);
    }

    /// <summary>A clean stop has written the index, so the start does not read the damaged record.</summary>
    private Task<EmbeddedUnderTest> StartKnowingIndexAsync() => EmbeddedUnderTest.StartAsync(_folder.Path, new());
}
