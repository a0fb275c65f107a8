using System.Globalization;
using System.Text;
using SmartService.Drills.Checking;

namespace SmartService.LoadTests.Tests.Checking;

/// <summary>One conversation of three questions, all acknowledged, answered by the bot: numbers 1 to 6.</summary>
public sealed class ReconciliationTests
{
    private readonly Ledger _ledger = new(journeys: 2, messagesEach: 4);
    private readonly Reconciliation _check;

    public ReconciliationTests()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            _ledger.Sent(0, turn);
            _ledger.Acknowledged(0, turn, (2 * turn) + 1);
        }

        _check = new(_ledger, Some.Store());
    }

    [Fact]
    public void WhatIsThereOnceAndInPlace_IsKept()
    {
        Check("c0 b1 c1 b3 c2 b5");
        Figures().ShouldBe((3, 0, 0, 0));
        _check.Discrepancies.ShouldBeEmpty();
    }

    [Fact]
    public void AcknowledgedAndAbsent_IsLost()
    {
        Check("c0 b1 c1 b3");
        Figures().ShouldBe((2, 1, 0, 0));
        _check.Discrepancies.ShouldHaveSingleItem().ShouldContain("acknowledged as number 5 and is not there");
    }

    [Fact]
    public void ConversationThatIsGone_IsLostWhole()
    {
        _check.Check(0, [], wasStreamed: false);
        Figures().ShouldBe((0, 3, 0, 0));
    }

    [Fact]
    public void ThereTwice_IsDoubled()
    {
        Check("c0 b1 c1 b3 c2 b5 c2");
        _check.Doubled.ShouldBe(1);
        _check.Lost.ShouldBe(0);
    }

    [Fact]
    public void AnsweredTwice_IsDoubled()
    {
        Check("c0 b1 c1 b3 c2 b5 b5");
        _check.Doubled.ShouldBe(1);
    }

    [Fact]
    public void InAnotherPlaceThanPromised_IsReordered()
    {
        Check("c1 b1 c0 b3 c2 b5");
        _check.Reordered.ShouldBe(2, "both stand where the other was promised");
        (_check.Lost, _check.Doubled).ShouldBe((0, 0));
    }

    [Fact]
    public void SentAndNeverAcknowledged_MayBeThereOrNot()
    {
        _ledger.Sent(1, 0);
        _check.Check(1, [], wasStreamed: false);
        _check.Check(1, Json(1, "c0 b1"), wasStreamed: false);
        Figures().ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public void NeverAcknowledged_AndLate_IsNotOutOfOrder_ButTwiceIsTwice()
    {
        _ledger.Sent(1, 0);
        _ledger.Sent(1, 1);
        _ledger.Acknowledged(1, 1, 1);
        _check.Check(1, Json(1, "c1 b1 c0 b3"), wasStreamed: false);
        Figures().ShouldBe((1, 0, 0, 0));
        _check.Check(1, Json(1, "c1 b1 c0 c0"), wasStreamed: false);
        _check.Doubled.ShouldBe(1);
    }

    [Fact]
    public void AnswersAStreamNeverGot_AreMissed()
    {
        _ledger.Pushed(0);
        _check.Check(0, Json(0, "c0 b1 c1 b3 c2 b5"), wasStreamed: true);
        _check.PushesMissed.ShouldBe(2);
    }

    [Fact]
    public void JourneyOf_KnowsItsOwnConversations_AndNoOthers()
    {
        var store = Some.Store();
        store.JourneyOf(Encoding.ASCII.GetBytes(store.Conversation(4711))).ShouldBe(4711);
        store.JourneyOf("dabcdeg0000126f"u8).ShouldBe(-1);
        store.JourneyOf("c_17"u8).ShouldBe(-1);
        store.TurnOf(4711, store.ClientId(4711, 13)).ShouldBe(13);
        store.TurnOf(4711, store.ClientId(4712, 13)).ShouldBe(-1);
    }

    private (long Kept, long Lost, long Doubled, long Reordered) Figures() => (_check.Kept, _check.Lost, _check.Doubled, _check.Reordered);

    private void Check(string messages) => _check.Check(0, Json(0, messages), wasStreamed: false);

    /// <summary>"c1" is the customer's second question, "b3" the bot's answer to number 3.</summary>
    private static byte[] Json(int journey, string messages)
    {
        var list = messages.Split(' ').Select((m, i) => m[0] == 'c'
            ? $"{{\"number\":{i + 1},\"author\":\"customer\",\"clientId\":\"{Some.Store().ClientId(journey, int.Parse(m[1..], CultureInfo.InvariantCulture))}\"}}"
            : $"{{\"number\":{i + 1},\"author\":\"bot\",\"replies\":{m[1..]}}}");
        return Encoding.UTF8.GetBytes($"{{\"id\":\"x\",\"messages\":[{string.Join(',', list)}]}}");
    }
}
