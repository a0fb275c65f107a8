using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>What is read from the file for a range of positions when every record holds many events, as an import's do.</summary>
public sealed class ReadRangeTests : IDisposable
{
    private const int Records = 40;
    private const int EventsEach = 10;
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_SoManyEvents_DoesNotReadAsManyRecords()
    {
        await WriteAsync();
        Damaged.FlipIn(Path.Combine(_folder.Path, "journal.db"), "r20e0");
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        (await engine.Journal.ReadAsync(0, 100, Never)).Count.ShouldBe(100);
        await Should.ThrowAsync<JournalException>(async () => await engine.Journal.ReadAsync(150, 100, Never));
        (await engine.Journal.ReadAsync(0, 100, Never)).Count.ShouldBe(100); // The connection that met the damage goes on.
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(5, 27)]
    [InlineData(9, 1)]
    [InlineData(10, 10)]
    [InlineData(395, 100)]
    public async Task Read_AcrossRecords_GivesThePositionsAskedFor(int after, int limit)
    {
        await WriteAsync();
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        var expected = Enumerable.Range(after + 1, Math.Min(limit, (Records * EventsEach) - after)).Select(p => (long)p);
        (await engine.Journal.ReadAsync(after, limit, Never)).Select(e => e.Position).ShouldBe(expected);
    }

    /// <summary>From memory, then from the file.</summary>
    [Fact]
    public async Task Read_IgnoringATypeOfEvents_LeavesThemOutAndComesAsFar()
    {
        await using (var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new()))
        {
            for (var i = 0; i < 6; i++)
            {
                await engine.Ledgers.HandleAsync(Ledger.Key("l"), i % 3 == 0 ? new LedgerCommand.Put($"p{i}", 1) : new LedgerCommand.Count($"c{i}"), Never);
            }

            await ReadsWithoutCountsAsync(engine);
        }

        await using var again = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        await ReadsWithoutCountsAsync(again);
    }

    private static async Task ReadsWithoutCountsAsync(EmbeddedUnderTest engine)
    {
        static bool IsCount(Type e) => e == typeof(LedgerEvent.Counted);
        var (events, upTo) = await engine.Journal.ReadAsync(0, 100, IsCount, Never);
        events.Select(e => e.Position).ShouldBe([1, 4]);
        upTo.ShouldBe(6);
        (events, upTo) = await engine.Journal.ReadAsync(1, 2, IsCount, Never);
        events.ShouldBeEmpty();
        upTo.ShouldBe(3);
        (events, upTo) = await engine.Journal.ReadAsync(6, 100, IsCount, Never);
        events.ShouldBeEmpty();
        upTo.ShouldBe(6);
    }

    private async Task WriteAsync()
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        for (var record = 0; record < Records; record++)
        {
            var put = new LedgerCommand.PutMany([.. Enumerable.Range(0, EventsEach).Select(e => $"r{record}e{e}")]);
            await engine.Ledgers.HandleAsync(Ledger.Key($"l{record}"), put, Never);
        }
    }
}
