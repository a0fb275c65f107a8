using Shouldly;
using SmartService.Domain.Conversations;
using Xunit;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Tests.Conversations.Conversation;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Conversations;

public sealed class DeskTests
{
    private static readonly AddNote Note = new("note-1", "Mia", "Called before", Noon);

    [Fact]
    public void Note_Twice_IsOnce() => GivenOpen().ThenTwiceIsOnce(Note);

    [Fact]
    public void Note_OfAClosedConversation_IsKept() => GivenClosed().When(Note).ThenState(s => s.Notes.ShouldHaveSingleItem().Text.ShouldBe("Called before"));

    [Fact]
    public void Note_IsNoMessage() => GivenOpen().When(Note).ThenState(s => s.Messages.ShouldBeEmpty());

    [Fact]
    public void Note_EmptyOrTooLong_IsRefused()
    {
        GivenOpen().When(Note with { Text = " \n" }).ThenRefused(ConversationRefusal.EmptyText);
        GivenOpen().When(Note with { Text = new string('a', 4_001) }).ThenRefused(ConversationRefusal.TextTooLong);
    }

    [Fact]
    public void Note_BeyondTheMost_IsRefused()
    {
        var given = GivenOpen();
        for (var i = 0; i < ConversationState.MaxNotes; i++)
        {
            given = given.When(Note with { NoteId = $"note-{i}" });
        }

        given.When(Note with { NoteId = "one more" }).ThenRefused(ConversationRefusal.TooManyNotes);
    }

    [Fact]
    public void Erased_NotesAreGone() => GivenOpen().When(Note).When(new Erase(Noon)).ThenState(s => s.Notes.ShouldBeEmpty());

    [Fact]
    public void Assign_Twice_IsOnce_AndToNobody_TakesItBack() => GivenOpen()
        .ThenTwiceIsOnce(new Assign("m-1", "Mia", "Bob", Noon));

    [Fact]
    public void Assign_ToNobody_TakesItBack() => GivenOpen()
        .When(new Assign("m-1", "Mia", "Bob", Noon))
        .When(new Assign(null, null, "Bob", Noon))
        .ThenState(s => s.Assignee.ShouldBeNull());
}

public sealed class HandOffRuleTests
{
    [Fact]
    public void Ask_WhatAlwaysGoesToAPerson_IsHandedOffThoughTheBotKnows() => GivenOpen()
        .When(Ask("m1") with { Rules = new([Ask("m1").Reading.Intent], 0) })
        .ThenState(s => s.Messages[^1].Reason.ShouldBe(HandOffReason.Rule));

    [Fact]
    public void Ask_AnotherIntent_IsAnswered() => GivenOpen()
        .When(Ask("m1") with { Rules = new([new("payment.double_charge")], 1) })
        .ThenState(s => s.Messages[^1].Author.ShouldBe(MessageAuthor.Bot));

    [Fact]
    public void Ask_AfterAnAnswerThatDidNotHelp_GoesToAPerson() => GivenAnswered()
        .When(new RateAnswer(2, false, Noon))
        .When(Ask("m2") with { Rules = new([], 1) })
        .ThenState(s => s.Messages[^1].Reason.ShouldBe(HandOffReason.Rule));
}
