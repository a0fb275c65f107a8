using Shouldly;
using SmartService.Domain.Conversations;
using Xunit;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Conversations.ConversationEvent;
using static SmartService.Domain.Tests.Conversations.Conversation;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Conversations;

public class CallBackTests
{
    private static readonly QuestionReading Unread = new(Intents.OutOfScope, 0, 0, "en", "");

    private static RequestCallBack Leave(string operation = "operation-1", string clientId = "client-9", string text = "Can I change the size?", string? contact = " +1 555 0100 ") =>
        new(operation, clientId, text, contact, "Kept.", Unread, Noon);

    [Fact]
    public void CallBack_KeepsTheQuestionAndTheContact_AndHandsOff() => GivenOpen()
        .When(Leave())
        .Then(
            new CustomerAsked(1, "client-9", "Can I change the size?", Unread, Noon),
            new HandedOff(2, 1, "Kept.", HandOffReason.CallBack, Noon, "operation-1", "+1 555 0100"))
        .ThenState(s => s.Mode.ShouldBe(ConversationMode.Human))
        .ThenState(s => s.Messages[1].Contact.ShouldBe("+1 555 0100"));

    [Fact]
    public void CallBack_Twice_IsOnce() => GivenOpen().ThenTwiceIsOnce(Leave());

    [Fact]
    public void CallBack_OfAQuestionAnsweredMeanwhile_ChangesNothing() => GivenOpen()
        .When(Leave()).When(Leave(operation: "operation-2")).ThenNothing();

    [Fact]
    public void CallBack_WhileAPersonHoldsIt_IsKeptToo() => GivenOpen()
        .When(Leave()).When(Leave("operation-2", "client-10", "And the colour?", null))
        .ThenState(s => s.Messages.Count.ShouldBe(4));

    [Fact]
    public void CallBack_WithNothingAsked_IsRefused() => GivenOpen().When(Leave(text: "  ")).ThenRefused(ConversationRefusal.EmptyText);

    [Fact]
    public void CallBack_WithTooLongAContact_IsRefused() =>
        GivenOpen().When(Leave(contact: new string('1', ConversationState.MaxContactLength + 1))).ThenRefused(ConversationRefusal.TextTooLong);

    [Fact]
    public void CallBack_Erased_LeavesNoContact() => GivenOpen()
        .When(Leave()).When(new Erase(Noon))
        .ThenState(s => s.Messages.ShouldAllBe(m => m.Contact == null && m.Text.Length == 0));
}
