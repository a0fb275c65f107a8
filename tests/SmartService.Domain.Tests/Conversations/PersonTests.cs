using Shouldly;
using SmartService.Domain.Conversations;
using Xunit;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Tests.Conversations.Conversation;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Conversations;

public sealed class PersonTests
{
    private static readonly RequestPerson Request = new("op1", Phrases, Noon);
    private static readonly Reply Hello = new("a1", "kim", "Hello, Kim here.", Noon);

    [Fact]
    public void RequestPerson_Twice_ChangesNothing() => GivenOpen().ThenTwiceIsOnce(Request);

    [Fact]
    public void RequestPerson_APersonIsThere_ChangesNothing() => GivenHandedOff()
        .When(Request with { OperationId = "op2" })
        .ThenNothing();

    [Fact]
    public void RequestPerson_ResentAfterGivingBack_ChangesNothing() => GivenHandedOff()
        .When(new GiveBack("kim", Noon))
        .When(Request)
        .ThenNothing()
        .When(Request with { OperationId = "op2" })
        .ThenState(s => s.Mode.ShouldBe(ConversationMode.Human));

    [Fact]
    public void RequestPerson_Closed_IsRefused() => GivenClosed().When(Request).ThenRefused(ConversationRefusal.Closed);

    [Fact]
    public void RequestPerson_Full_IsRefused() => GivenFull(2_000)
        .When(new GiveBack("kim", Noon))
        .When(Request with { OperationId = "op2" })
        .ThenRefused(ConversationRefusal.Full);

    [Fact]
    public void Join_Twice_ChangesNothing() => GivenHandedOff().ThenTwiceIsOnce(new Join("kim", Noon));

    [Fact]
    public void Join_WhileTheBotAnswers_TakesOver() => GivenAnswered()
        .When(new Join("kim", Noon))
        .ThenState(s => (s.Mode, s.Agent).ShouldBe((ConversationMode.Human, "kim")));

    [Fact]
    public void Join_Closed_IsRefused() => GivenClosed().When(new Join("kim", Noon)).ThenRefused(ConversationRefusal.Closed);

    [Fact]
    public void Reply_Twice_ChangesNothing() => GivenHandedOff().ThenTwiceIsOnce(Hello);

    [Fact]
    public void Reply_TheBotHoldsTheChat_IsRefused() => GivenOpen().When(Hello).ThenRefused(ConversationRefusal.NotHandedOff);

    [Fact]
    public void Reply_NoText_IsRefused()
    {
        GivenHandedOff().When(Hello with { Text = "" }).ThenRefused(ConversationRefusal.EmptyText);
        GivenHandedOff().When(Hello with { Text = new string('a', 4_001) }).ThenRefused(ConversationRefusal.TextTooLong);
    }

    [Fact]
    public void Reply_Full_IsRefused() => GivenFull(2_000).When(Hello).ThenRefused(ConversationRefusal.Full);

    [Fact]
    public void Reply_Closed_IsRefused() => GivenHandedOff()
        .When(new Close(Noon))
        .When(Hello)
        .ThenRefused(ConversationRefusal.Closed);

    [Fact]
    public void GiveBack_Twice_ChangesNothing() => GivenHandedOff().ThenTwiceIsOnce(new GiveBack("kim", Noon));

    [Fact]
    public void GiveBack_BotAnswersAgain() => GivenHandedOff()
        .When(new GiveBack("kim", Noon))
        .When(Ask("m1"))
        .ThenLast<ConversationEvent.BotAnswered>().Number.ShouldBe(3);

    [Fact]
    public void GiveBack_BotMayAskBackAgain() => GivenOpen()
        .When(Ask("m1", Answer(confidence: 0.3)))
        .When(new Join("kim", Noon))
        .When(new GiveBack("kim", Noon))
        .When(Ask("m2", Answer(confidence: 0.3)))
        .ThenLast<ConversationEvent.BotClarified>().Number.ShouldBe(4);

    [Fact]
    public void GiveBack_Closed_IsRefused() => GivenHandedOff()
        .When(new Close(Noon))
        .When(new GiveBack("kim", Noon))
        .ThenRefused(ConversationRefusal.Closed);
}
