using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Journal;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>What is kept at hand for those who follow closely, and for how long.</summary>
public sealed class RecentAppendsTests
{
    private readonly RecentAppends _recent = new(most: 4, mostBytes: 1_000, new(Ledger.Events.Kinds));

    [Fact]
    public void Release_ForgetsWhatAllHaveHandled_AndNothingElse()
    {
        Add(1, events: 2);
        Add(3, events: 2);
        _recent.Release(3); // In the middle of an append: somebody has still to handle its second event.
        Read(after: 0).ShouldBeNull();
        Read(after: 2).ShouldBe([3, 4]);
        _recent.Release(4);
        Read(after: 2).ShouldBeNull();
        Add(5, events: 1);
        Read(after: 4).ShouldBe([5]);
    }

    [Fact]
    public void Release_GivesBackTheRoomItsBytesTook()
    {
        Add(1, events: 1, bytes: 600);
        _recent.Release(1);
        Add(2, events: 1, bytes: 600);
        Add(3, events: 1, bytes: 400);
        Read(after: 1).ShouldBe([2, 3]);
    }

    private void Add(long position, int events, int bytes = 10)
    {
        var stream = new EmbeddedStream(new("ledger", Ledger.Key("one")), default);
        _recent.Add([new AppendWork(stream, 1, [.. Enumerable.Range(0, events).Select(i => (object)new LedgerEvent.Counted($"{position}-{i}", i))], null, default, bytes) { Position = position }]);
    }

    /// <summary>Positions after one and up to the end; null when they are not all there.</summary>
    private long[]? Read(long after)
    {
        var events = new List<JournalledEvent>();
        return _recent.TryRead(events, after, 100, static _ => false) ? [.. events.Select(e => e.Position)] : null;
    }
}
