using Shouldly;
using SmartService.Domain.Conversations;
using Xunit;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Tests.Conversations.Conversation;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Conversations;

public sealed class MarkTests
{
    [Fact]
    public void MarkRead_Twice_ChangesNothing() => GivenAnswered().ThenTwiceIsOnce(new MarkRead(MessageAuthor.Customer, 2, Noon));

    [Fact]
    public void MarkRead_Backwards_ChangesNothing() => GivenAnswered()
        .When(new MarkRead(MessageAuthor.Customer, 2, Noon))
        .When(new MarkRead(MessageAuthor.Customer, 1, Noon))
        .ThenNothing();

    [Fact]
    public void MarkRead_BeyondTheLast_MeansTheLast() => GivenAnswered()
        .When(new MarkRead(MessageAuthor.Agent, 99, Noon))
        .ThenState(s => (s.ReadByAgent, s.ReadByCustomer).ShouldBe((2, 0)));

    [Fact]
    public void MarkRead_ByTheBot_ChangesNothing() => GivenAnswered().When(new MarkRead(MessageAuthor.Bot, 2, Noon)).ThenNothing();

    [Fact]
    public void RateAnswer_Twice_ChangesNothing() => GivenAnswered().ThenTwiceIsOnce(new RateAnswer(2, false, Noon));

    [Fact]
    public void RateAnswer_NotHelpful_IsAllThatHappens() => GivenAnswered()
        .When(new RateAnswer(2, false, Noon))
        .Then(new ConversationEvent.AnswerRated(2, false, Noon))
        .ThenState(s => (s.Mode, s.Messages[1].Helpful).ShouldBe((ConversationMode.Bot, false)));

    [Fact]
    public void RateAnswer_ChangedMind_IsTaken() => GivenAnswered()
        .When(new RateAnswer(2, false, Noon))
        .When(new RateAnswer(2, true, Noon))
        .ThenState(s => s.Messages[1].Helpful.ShouldBe(true));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void RateAnswer_NoBotAnswer_IsRefused(int number) => GivenAnswered()
        .When(new RateAnswer(number, true, Noon))
        .ThenRefused(ConversationRefusal.NoSuchAnswer);

    [Fact]
    public void RateConversation_Twice_ChangesNothing() => GivenClosed().ThenTwiceIsOnce(new RateConversation(4, "quick", Noon));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void RateConversation_OutOfRange_IsRefused(int score) => GivenClosed()
        .When(new RateConversation(score, null, Noon))
        .ThenRefused(ConversationRefusal.BadScore);

    [Fact]
    public void RateConversation_EndlessComment_IsRefused() => GivenClosed()
        .When(new RateConversation(5, new string('a', 4_001), Noon))
        .ThenRefused(ConversationRefusal.TextTooLong);

    [Fact]
    public void Erase_Twice_ChangesNothing() => GivenAnswered().ThenTwiceIsOnce(new Erase(Noon));

    [Fact]
    public void Erase_WhatWasWritten_IsGoneAndNumbersStay() => GivenAnswered()
        .When(new RateConversation(2, "my name is Ada", Noon))
        .When(new Erase(Noon))
        .ThenState(s => s.Messages.Select(m => m.Number).ShouldBe([1, 2]))
        .ThenState(s => s.Messages.ShouldAllBe(m => m.Text == "" && m.Source == null && m.At == Noon))
        .ThenState(s => s.ScoreComment.ShouldBeNull());

    [Fact]
    public void AnyCommand_AfterErase_IsRefused()
    {
        ConversationCommand[] commands =
        [
            OpenByAda, Ask("m1"), Ask("m2"), new RequestPerson("o", Phrases, Noon), new Join("kim", Noon), new Reply("a1", "kim", "Hi", Noon),
            new GiveBack("kim", Noon), new MarkRead(MessageAuthor.Customer, 1, Noon), new RateAnswer(2, true, Noon),
            new RateConversation(5, "again", Noon), new Close(Noon),
        ];
        foreach (var command in commands)
        {
            GivenAnswered().When(new Erase(Noon)).When(command).ThenRefused(ConversationRefusal.Closed);
        }
    }

    [Fact]
    public void Replay_AllBeforeErasureOverwritten_StaysErased() => Given(new ConversationEvent.Erased(Noon))
        .When(new Erase(Noon)).ThenNothing()
        .When(OpenByAda).ThenRefused(ConversationRefusal.Closed);

    [Fact]
    public void Replay_EventAfterErasure_IsCorrupt() => Should.Throw<CorruptHistoryException>(
        () => Given(new ConversationEvent.Erased(Noon), new ConversationEvent.Closed(Noon)));
}
