using Microsoft.Data.Sqlite;
using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Embedded.Sqlite;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>Damage that SQLite passes over in silence.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Wal_FlippedBitBeforeTheLastCommit_IsNamed_InsteadOfDroppingWhatFollows()
    {
        var wal = await CrashedAsync("needle-to-find", "after-it", "last");
        WalCheck.Fault(wal).ShouldBeNull();
        Damaged.FlipIn(wal, "needle-to-find");
        WalCheck.Fault(wal).ShouldNotBeNull().ShouldContain("commits after it were flushed");
        var refused = await Should.ThrowAsync<JournalException>(() => EmbeddedUnderTest.StartAsync(_folder.Path, new()));
        refused.Message.ShouldContain("journal.db-wal is damaged");
        EmbeddedCheck.Run(_folder.Path).ShouldHaveSingleItem().File.ShouldBe("journal.db-wal");
    }

    [Fact]
    public async Task Wal_FlippedBitInItsHeader_IsNamed()
    {
        var wal = await CrashedAsync("first", "second");
        var bytes = await File.ReadAllBytesAsync(wal);
        bytes[17] ^= 4;
        await File.WriteAllBytesAsync(wal, bytes);
        WalCheck.Fault(wal).ShouldNotBeNull().ShouldContain("header");
    }

    [Fact]
    public async Task Wal_TornLastCommit_IsNoDamage()
    {
        var wal = await CrashedAsync("first", "second");
        var bytes = await File.ReadAllBytesAsync(wal);
        await File.WriteAllBytesAsync(wal, bytes[..^700]);
        WalCheck.Fault(wal).ShouldBeNull();
    }

    [Fact]
    public async Task Journal_LastRecordGone_IsNoticedAtTheStart()
    {
        await WriteAsync("first", "second");
        Execute("journal.db", "DELETE FROM entry WHERE position = 2");
        var refused = await Should.ThrowAsync<JournalException>(() => EmbeddedUnderTest.StartAsync(_folder.Path, new()));
        refused.Message.ShouldContain("ends at position 1, but was written up to position 2");
    }

    [Fact]
    public async Task Journal_OfAnOlderVersion_GetsTheMarkOfItsEnd()
    {
        await WriteAsync("first");
        Execute("journal.db", "DROP TABLE tail");
        await WriteAsync("second");
        EmbeddedCheck.Run(_folder.Path).ShouldBeEmpty();
        Execute("journal.db", "DELETE FROM entry WHERE position = 2");
        EmbeddedCheck.Run(_folder.Path).ShouldContain(f => f.What.Contains("up to position 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DELETE FROM chain WHERE kind = 'ledger'")]
    [InlineData("UPDATE chain SET id = 'b' WHERE kind = 'ledger'")]
    [InlineData("UPDATE meta SET value = '1' WHERE name = 'indexed_to'")]
    [InlineData("UPDATE chain SET version = 1")]
    public async Task Index_ThatForgotAnEntity_IsMadeAnew_InsteadOfShowingItEmpty(string damage)
    {
        await WriteAsync("first", "second");
        Execute("index.db", damage);
        EmbeddedCheck.Run(_folder.Path).ShouldAllBe(f => f.File == "index.db" && f.IsMadeAnew);
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await engine.Ledgers.ReadAsync(Ledger.Key("a"), Never)).Ids.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Checkpoint_NotAsItWasWritten_StartsOver()
    {
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            await engine.Checkpoints.SaveAsync("lists", 4, Never);
        }

        Execute("checkpoints.db", "UPDATE checkpoint SET position = 5");
        EmbeddedCheck.Run(_folder.Path).ShouldHaveSingleItem().What.ShouldContain("lists");
        await using var again = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await again.Checkpoints.LoadAsync("lists", Never)).ShouldBe(0);
    }

    [Fact]
    public async Task Check_FlippedBitInARecord_NamesItsPosition()
    {
        await WriteAsync("first", "needle-to-find");
        Damaged.FlipIn(System.IO.Path.Combine(_folder.Path, "journal.db"), "needle-to-find");
        EmbeddedCheck.Run(_folder.Path).ShouldContain(f => f.File == "journal.db" && f.What.Contains("position 2", StringComparison.Ordinal) && !f.IsMadeAnew);
    }

    [Fact]
    public async Task Check_DataInUse_IsRefused()
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        Should.Throw<DataFolderException>(() => EmbeddedCheck.Run(_folder.Path)).Message.ShouldContain("in use");
    }

    private async Task WriteAsync(params string[] ids)
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        foreach (var id in ids)
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put(id, 1), Never);
        }
    }

    /// <summary>Files as a kill leaves them; returns the WAL.</summary>
    private async Task<string> CrashedAsync(params string[] ids)
    {
        var live = System.IO.Path.Combine(_folder.Path, "live");
        await using (var engine = await EmbeddedUnderTest.StartAsync(live, new()))
        {
            foreach (var id in ids)
            {
                await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put(id, 1), Never);
            }

            foreach (var name in new[] { "journal.db", "journal.db-wal" })
            {
                await using var from = new FileStream(System.IO.Path.Combine(live, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                await using var to = File.Create(System.IO.Path.Combine(_folder.Path, name));
                await from.CopyToAsync(to);
            }
        }

        Directory.Delete(live, recursive: true);
        return System.IO.Path.Combine(_folder.Path, "journal.db-wal");
    }

    private void Execute(string file, string sql)
    {
        using SqliteConnection connection = Database.OpenForWriting(System.IO.Path.Combine(_folder.Path, file), "FULL");
        Database.Execute(connection, sql);
    }
}
