using Shouldly;
using SmartService.Domain.Conversations;
using Xunit;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Conversations.ConversationEvent;
using static SmartService.Domain.Tests.Conversations.Conversation;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Conversations;

public sealed class AskTests
{
    [Fact]
    public void Ask_SureAnswer_IsAnsweredWithItsSource() => GivenOpen()
        .When(Ask("m1"))
        .Then(
            new CustomerAsked(1, "m1", "How long can I return it?", Reading, Noon),
            new BotAnswered(2, 1, Returns, "30 days.", new("qna", "returns", 1, "How long can I return?"), 0.9, [], Noon))
        .ThenState(s => s.Topic.ShouldBe(Returns));

    [Fact]
    public void Ask_NoChatYet_OpensItInTheSameStep() => Given()
        .When(Ask("m1") with { Opens = OpenByAda })
        .Then(
            new Opened(OpenByAda.Customer, OpenByAda.Locale, OpenByAda.Channel, Noon),
            new CustomerAsked(1, "m1", "How long can I return it?", Reading, Noon),
            new BotAnswered(2, 1, Returns, "30 days.", new("qna", "returns", 1, "How long can I return?"), 0.9, [], Noon));

    [Fact]
    public void Ask_NoChatYet_TwiceIsOnce() => Given().ThenTwiceIsOnce(Ask("m1") with { Opens = OpenByAda });

    [Fact]
    public void Ask_NoChatYetAndNothingSaid_OpensNothing() =>
        Given().When(Ask("m1", " ") with { Opens = OpenByAda }).ThenRefused(ConversationRefusal.EmptyText);

    [Fact]
    public void Ask_NoChatYetAndNoneToOpen_IsRefused() => Given().When(Ask("m1")).ThenRefused(ConversationRefusal.NotFound);

    [Fact]
    public void Ask_OpensWhatAnotherHasOpenedMeanwhile_IsRefused() => GivenOpen()
        .When(Ask("m1") with { Opens = OpenByAda with { Customer = new("bob") } })
        .ThenRefused(ConversationRefusal.BelongsToAnother);

    [Fact]
    public void Ask_OpensWhatTheSameHasOpenedMeanwhile_IsAnswered() =>
        GivenOpen().When(Ask("m1") with { Opens = OpenByAda }).ThenState(s => s.Messages.Count.ShouldBe(2));

    [Fact]
    public void Ask_Twice_ChangesNothing() => GivenOpen().ThenTwiceIsOnce(Ask("m1"));

    [Fact]
    public void Ask_ResentAfterClosing_ChangesNothing() => GivenClosed().When(Ask("m1")).ThenNothing();

    [Fact]
    public void Ask_Closed_IsRefused() => GivenClosed().When(Ask("m2")).ThenRefused(ConversationRefusal.Closed);

    [Fact]
    public void Ask_WhiteSpace_IsRefused() => GivenOpen().When(Ask("m1", " \t\n")).ThenRefused(ConversationRefusal.EmptyText);

    [Fact]
    public void Ask_Over4000Characters_IsRefused()
    {
        GivenOpen().When(Ask("m1", new string('a', 4_001))).ThenRefused(ConversationRefusal.TextTooLong);
        GivenOpen().When(Ask("m1", new string('a', 4_000))).ThenState(s => s.Messages.Count.ShouldBe(2));
    }

    [Fact]
    public void Ask_2000Messages_IsRefused()
    {
        GivenFull(2_000).When(Ask("one more")).ThenRefused(ConversationRefusal.Full);
        GivenFull(1_999).When(new GiveBack("kim", Noon)).When(Ask("needs two")).ThenRefused(ConversationRefusal.Full);
    }

    [Fact]
    public void Ask_AnswerGivenBefore_TakesTheNextSureOne() => GivenAnswered()
        .When(Ask("m2", Answer(), Answer("returns-sale", 0.6)))
        .ThenLast<BotAnswered>().Source.Id.ShouldBe("returns-sale");

    [Fact]
    public void Ask_OnlyAnswerGivenBefore_IsHandedOff() => GivenAnswered()
        .When(Ask("m2"))
        .ThenLast<HandedOff>().ShouldBe(new HandedOff(4, 3, "I said that.", HandOffReason.SaidBefore, Noon));

    [Fact]
    public void Ask_AnswerGivenBeforeAndAnUnsureOne_IsHandedOff() => GivenAnswered()
        .When(Ask("m2", Answer(), Answer("other", 0.4)))
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.SaidBefore);

    [Fact]
    public void Ask_SameItemInANewVersion_IsAnswered() => GivenAnswered()
        .When(Ask("m2", Answer(version: 2)))
        .ThenLast<BotAnswered>().Source.Version.ShouldBe(2);

    [Fact]
    public void Ask_SameItemFilledWithOtherFacts_IsAnswered() => GivenAnswered()
        .When(Ask("m2", Answer(text: "Until Friday.")))
        .ThenLast<BotAnswered>().Text.ShouldBe("Until Friday.");

    [Fact]
    public void Ask_GreetingAgain_IsGreetedAgain() => GivenOpen()
        .When(Ask("m1", Answer("chat.greeting", text: "Hello!", kind: "rule")))
        .When(Ask("m2", Answer("chat.greeting", text: "Hello!", kind: "rule")))
        .ThenLast<BotAnswered>().Text.ShouldBe("Hello!");

    [Fact]
    public void Ask_ItemNamedLikeAGreeting_IsNotSaidTwice() => GivenOpen()
        .When(Ask("m1", Answer("chat.greeting")))
        .When(Ask("m2", Answer("chat.greeting")))
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.SaidBefore);

    [Fact]
    public void Ask_UnsureAnswer_IsAskedBack() => GivenOpen()
        .When(Ask("m1", Answer(confidence: 0.3)))
        .ThenLast<BotClarified>().Options.ShouldBe(Options);

    [Fact]
    public void Ask_UnsureAgain_IsHandedOff() => GivenOpen()
        .When(Ask("m1", Answer(confidence: 0.3)))
        .When(Ask("m2", Answer(confidence: 0.3)))
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.Unanswered);

    [Fact]
    public void Ask_UnsureAfterAnAnswer_IsAskedBackAgain() => GivenOpen()
        .When(Ask("m1", Answer(confidence: 0.3)))
        .When(Ask("m2"))
        .When(Ask("m3", Answer("other", confidence: 0.3)))
        .ThenLast<BotClarified>().Replies.ShouldBe(5);

    [Fact]
    public void Ask_UnsureWithoutOptions_IsHandedOff() => GivenOpen()
        .When(Ask("m1", Answer(confidence: 0.3)) with { Options = default })
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.Unanswered);

    [Fact]
    public void Ask_TooUnsure_IsHandedOff() => GivenOpen()
        .When(Ask("m1", Answer(confidence: 0.24)))
        .ThenLast<HandedOff>().ShouldBe(new HandedOff(2, 1, "A person will answer.", HandOffReason.Unanswered, Noon));

    [Fact]
    public void Ask_NothingKnown_IsHandedOff() => GivenOpen()
        .When(Ask("m1") with { Candidates = default })
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.Unanswered);

    [Fact]
    public void Ask_ModelFailed_IsHandedOffAsSuch() => GivenOpen()
        .When(Ask("m1") with { Candidates = [], Reading = Reading with { Model = "" } })
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.ModelFailed);

    [Fact]
    public void Ask_ModelFailedButWordsMatch_IsAnswered() => GivenOpen()
        .When(Ask("m1") with { Reading = Reading with { Model = "" } })
        .ThenLast<BotAnswered>().Source.Id.ShouldBe("returns");

    [Fact]
    public void Ask_WantsAPerson_IsHandedOff() => GivenOpen()
        .When(Ask("m1") with { Reading = Reading with { Intent = Intents.ServiceHuman } })
        .ThenLast<HandedOff>().ShouldBe(new HandedOff(2, 1, "Connecting you.", HandOffReason.Requested, Noon));

    [Fact]
    public void Ask_HardlyWantsAPerson_IsAnswered() => GivenOpen()
        .When(Ask("m1") with { Reading = Reading with { Intent = Intents.ServiceHuman, Confidence = 0.1 } })
        .ThenLast<BotAnswered>().Source.Id.ShouldBe("returns");

    [Fact]
    public void Ask_Complaint_IsHandedOff() => GivenOpen()
        .When(Ask("m1") with { Reading = Reading with { Intent = Intents.ServiceComplaint } })
        .ThenLast<HandedOff>().ShouldBe(new HandedOff(2, 1, "Sorry.", HandOffReason.Complaint, Noon));

    [Fact]
    public void Ask_PerhapsAComplaint_IsAnswered() => GivenOpen()
        .When(Ask("m1") with { Reading = Reading with { Intent = Intents.ServiceComplaint, Confidence = 0.4 } })
        .ThenLast<BotAnswered>().Source.Id.ShouldBe("returns");

    [Fact]
    public void Ask_AutonomyOff_IsHandedOff() => GivenOpen()
        .When(Ask("m1") with { Policy = BotPolicy.Default with { Autonomy = false } })
        .ThenLast<HandedOff>().Reason.ShouldBe(HandOffReason.Unanswered);

    [Fact]
    public void Ask_APersonAnswers_BotIsSilent() => GivenHandedOff()
        .When(Ask("m1"))
        .ThenOne().ShouldBeOfType<CustomerAsked>().Number.ShouldBe(2);

    [Fact]
    public void Ask_OutOfScope_KeepsTheTopic() => GivenAnswered()
        .When(Ask("m2") with { Reading = Reading with { Intent = Intents.OutOfScope } })
        .ThenState(s => s.Topic.ShouldBe(Returns));
}
