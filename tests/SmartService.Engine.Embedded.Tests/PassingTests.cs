using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded.Mailboxes;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>Who stays in memory when many come by.</summary>
public sealed class PassingTests : IDisposable
{
    private const int Most = 4;
    private readonly TestFolder _folder = new();

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_OfAnyLength_TakesTheMemoryOfSoManyAndNoMore()
    {
        await using var engine = await StartAsync();
        await ImportAsync(engine, 50);
        engine.Engine.Passivator.Count.ShouldBe(Most);
        for (var i = 0; i < 50; i++)
        {
            (await engine.Ledgers.ReadInPassingAsync(Ledger.Key($"i{i}"), Never)).Ids.ShouldBe(["p"]);
        }

        engine.Engine.Passivator.Count.ShouldBe(Most);
    }

    /// <summary>A state that was loaded anew is another object.</summary>
    [Fact]
    public async Task Import_LeavesInMemoryWhomAnybodyElseCalled()
    {
        await using var engine = await StartAsync();
        var (before, after, reader) = (Ledger.Key("called-before"), Ledger.Key("called-after"), Ledger.Key("read-after"));
        await engine.Ledgers.HandleAsync(before, Put("b1"), Never);
        await engine.Ledgers.HandleInPassingAsync(before, Put("b2"), Never);
        await engine.Ledgers.HandleInPassingAsync(after, Put("a1"), Never);
        await engine.Ledgers.HandleAsync(after, Put("a2"), Never);
        await engine.Ledgers.HandleInPassingAsync(reader, Put("r1"), Never);
        var read = await engine.Ledgers.ReadAsync(reader, Never);
        var (first, second) = (await engine.Ledgers.ReadInPassingAsync(before, Never), await engine.Ledgers.ReadInPassingAsync(after, Never));

        await ImportAsync(engine, 50);

        (await engine.Ledgers.ReadInPassingAsync(before, Never)).ShouldBeSameAs(first);
        (await engine.Ledgers.ReadInPassingAsync(after, Never)).ShouldBeSameAs(second);
        (await engine.Ledgers.ReadInPassingAsync(reader, Never)).ShouldBeSameAs(read);
    }

    [Fact]
    public async Task Import_TheLastOnesStayForWhatFollows()
    {
        await using var engine = await StartAsync();
        await ImportAsync(engine, 50);
        var key = Ledger.Key("i49");
        (await engine.Ledgers.ReadInPassingAsync(key, Never)).ShouldBeSameAs(await engine.Ledgers.ReadInPassingAsync(key, Never));
        await engine.PassivateAllAsync();
        engine.Engine.Passivator.Count.ShouldBe(0);
    }

    [Fact]
    public void Passing_OneThatIsBusy_IsAskedAgainLater()
    {
        var passing = new PassingMailboxes<Guest>(1);
        var busy = new Guest { IsBusy = true };
        passing.Add(busy);
        passing.Add(new());
        busy.IsPassing.ShouldBeTrue();
        busy.IsBusy = false;
        passing.Add(new());
        busy.IsPassing.ShouldBeFalse();
    }

    [Fact]
    public void Passing_AfterAJam_BecomeFewAgain()
    {
        var passing = new PassingMailboxes<Guest>(2);
        var jammed = Enumerable.Range(0, 20).Select(_ => new Guest { IsBusy = true }).ToList();
        jammed.ForEach(passing.Add);
        jammed.ForEach(guest => guest.IsBusy = false);
        var later = Enumerable.Range(0, 20).Select(_ => new Guest()).ToList();
        later.ForEach(passing.Add);
        jammed.Concat(later).Count(guest => guest.IsPassing).ShouldBe(2);
    }

    private static LedgerCommand.Put Put(string id) => new(id, 1);

    private static async Task ImportAsync(EmbeddedUnderTest engine, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await engine.Ledgers.HandleInPassingAsync(Ledger.Key($"i{i}"), Put("p"), Never);
        }
    }

    private Task<EmbeddedUnderTest> StartAsync() => EmbeddedUnderTest.StartAsync(_folder.Path, new() { MostInPassing = Most });

    private sealed class Guest : IPassingMailbox
    {
        public bool IsBusy { get; set; }

        public bool IsPassing { get; private set; } = true;

        public bool TryLeave()
        {
            IsPassing = IsBusy;
            return !IsBusy;
        }
    }
}
