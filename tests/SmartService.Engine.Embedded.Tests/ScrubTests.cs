using Microsoft.Data.Sqlite;
using Shouldly;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine.Embedded.Journal;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>What the files hold of the forgotten, byte by byte.</summary>
public sealed class ScrubTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scrub_ManyPeopleWithSnapshots_LeavesNoPageWithTheirWords()
    {
        var random = new Random(20_260_301);
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new() { SnapshotEvery = 2 });
        const int people = 120;
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < people; i++)
            {
                var words = string.Concat(Enumerable.Repeat($"words-of-{i:000} ", random.Next(1, 80)));
                await engine.Customers.HandleAsync(
                    Person(i), new CustomerCommand.RecordVisits([new($"v{round}", "s", Noon, PageType.Search, words)], Noon), Never);
            }
        }

        for (var i = 0; i < people; i += 3)
        {
            await engine.Customers.HandleAsync(Person(i), new CustomerCommand.Erase(Noon), Never);
            await engine.Get<IJournalErasure>().ScrubAsync("customer", Person(i), Never);
        }

        for (var i = 0; i < people; i += 3)
        {
            _folder.FilesWith($"words-of-{i:000}").ShouldBeEmpty($"person {i}");
        }

        _folder.FilesWith("words-of-001").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Scrub_WhileAReaderHoldsTheWal_SaysSo_AndASecondCallFinishes()
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        await engine.Customers.HandleAsync(
            Person(1), new CustomerCommand.RecordVisits([new("v", "s", Noon, PageType.Search, "words-of-one")], Noon), Never);
        await engine.Customers.HandleAsync(Person(1), new CustomerCommand.Erase(Noon), Never);
        var erasure = engine.Get<IJournalErasure>();
        await using (var backup = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "journal.db")};Pooling=False"))
        {
            await backup.OpenAsync();
            await using var transaction = backup.BeginTransaction(deferred: true);
            await using var look = backup.CreateCommand();
            (look.CommandText, look.Transaction) = ("SELECT count(*) FROM entry", transaction);
            await look.ExecuteScalarAsync();
            (await Should.ThrowAsync<JournalException>(async () => await erasure.ScrubAsync("customer", Person(1), Never)))
                .Message.ShouldContain("journal.db-wal");
        }

        _folder.FilesWith("words-of-one").ShouldNotBeEmpty();
        await erasure.ScrubAsync("customer", Person(1), Never);
        _folder.FilesWith("words-of-one").ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_AfterAScrub_IsWholeAndHoldsNothingOfThePerson()
    {
        using var backups = new TestFolder();
        Directory.CreateDirectory(backups.Path);
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        await engine.Customers.HandleAsync(
            Person(1), new CustomerCommand.RecordVisits([new("v", "s", Noon, PageType.Search, "words-of-one")], Noon), Never);
        await engine.Customers.HandleAsync(Person(1), new CustomerCommand.Erase(Noon), Never);
        await engine.Get<IJournalErasure>().ScrubAsync("customer", Person(1), Never);
        await EmbeddedBackup.BackupAsync(_folder.Path, Path.Combine(backups.Path, "b")); // Checks every record.
        backups.FilesWith("words-of-one").ShouldBeEmpty();
    }

    /// <summary>An event blanked to its own length reads back as two texts of the same total length, the first empty.</summary>
    [Fact]
    public void Blank_AnyLength_KeepsTheLength()
    {
        foreach (var length in Enumerable.Range(4, 600).Append(16_385).Append(16_386).Append(16_387).Append(16_388).Append(2_100_000))
        {
            var bytes = new byte[length];
            Array.Fill(bytes, (byte)'x');
            RecordText.Blank(bytes);
            var at = 0;
            RecordText.Read(bytes, ref at).Length.ShouldBe(0);
            RecordText.Read(bytes, ref at).IndexOfAnyExcept((byte)0).ShouldBe(-1);
            at.ShouldBe(length);
        }
    }

    private static EntityKey Person(int i) => new(new("shop"), $"p{i:000}");
}
