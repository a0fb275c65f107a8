using SmartService.Domain;
using SmartService.Engine.Cluster.Entities;
using SmartService.Engine.Contract.Ledgers;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>What a gateway remembers of an entity: never older than what it has heard.</summary>
public sealed class KnownTests
{
    private readonly Known<string> _known = new();

    [Fact]
    public void Answer_ThenEvents_AreAppliedOnceHoweverOftenTheyAreHeard()
    {
        _known.Learn(2, "ab", 0);
        Hear(3, "c");
        Hear(3, "c");
        Hear(5, "c", "d", "e"); // The answer to a command of this process tells what the journal's end has told in part.
        _known.Now!.Value.State.ShouldBe("abcde");
        _known.Now!.Value.Version.ShouldBe(5);
    }

    [Fact]
    public void Answer_OlderThanWhatWasHeardMeanwhile_IsNotKept()
    {
        Hear(3, "c");
        _known.Learn(2, "ab", 0);
        _known.Now.ShouldBeNull();
        _known.Learn(3, "abc", 0);
        _known.Now!.Value.State.ShouldBe("abc");
    }

    [Fact]
    public void Event_AfterAGap_ForgetsTheState()
    {
        _known.Learn(2, "ab", 0);
        Hear(4, "d");
        _known.Now.ShouldBeNull();
        _known.Learn(3, "abc", 0);
        _known.Now.ShouldBeNull();
    }

    [Fact]
    public void Hears_OnlyWhatMovesOnWhatIsKnown_AndRemembersTheRest()
    {
        _known.Hears(3).ShouldBeFalse(); // Nothing is known that it could move on;
        _known.Learn(2, "ab", 0);
        _known.Now.ShouldBeNull(); // but an answer from before it is not kept.
        _known.Learn(3, "abc", 0);
        _known.Hears(3).ShouldBeFalse();
        _known.Hears(4).ShouldBeTrue();
    }

    [Fact]
    public void Forgotten_OlderAnswerUnderWay_DoesNotComeBack()
    {
        _known.Learn(2, "ab", 0);
        _known.Forget(3);
        _known.Learn(2, "ab", 0);
        _known.Now.ShouldBeNull();
    }

    [Fact]
    public void States_MoreThanMayBeKept_ThoseInUseStay()
    {
        var states = new KnownStates<string>(10);
        states.Of(Ledger.Key("used")).Learn(1, "x", 0);
        for (var i = 0; i < 100; i++)
        {
            states.Of(Ledger.Key($"e{i}")).Learn(1, "y", 0);
            states.Of(Ledger.Key("used")).Now!.Value.State.ShouldBe("x");
        }

        states.Find(Ledger.Key("e0")).ShouldBeNull();
        states.Find(Ledger.Key("e99")).ShouldNotBeNull();
    }

    private void Hear(long version, params string[] events) => _known.Hear(version, events, (state, e) => state + e);
}
