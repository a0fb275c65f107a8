using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;
using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Conversations.ConversationDecider, SmartService.Domain.Conversations.ConversationState,
    SmartService.Domain.Conversations.ConversationCommand, SmartService.Domain.Conversations.ConversationEvent,
    SmartService.Domain.Conversations.ConversationRefusal>;

namespace SmartService.Domain.Tests.Conversations;

/// <summary>Conversations in telling states, and commands to them with the dull fields filled.</summary>
internal static class Conversation
{
    public static readonly IntentId Returns = new("return.policy");
    public static readonly BotPhrases Phrases = new("Which one?", "A person will answer.", "Connecting you.", "I said that.", "Sorry.");
    public static readonly QuestionReading Reading = new(Returns, 0.8, 0.01, "en", "intent-1");
    public static readonly ClarifyOption[] Options = [new(Returns, "Return an item"), new(new("refund.status"), "Where is my refund")];

    public static readonly Open OpenByAda = new(Ada, "en", "web", null, Noon);

    public static Given Given(params ConversationEvent[] events) => Domain.Tests.Given<
        ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>.Events(events);

    public static Given GivenOpen() => Given().When(OpenByAda);

    public static Given GivenAnswered() => GivenOpen().When(Ask("m1"));

    public static Given GivenHandedOff() => GivenOpen().When(new RequestPerson("op1", Phrases, Noon));

    public static Given GivenClosed() => GivenAnswered().When(new Close(Noon));

    public static Given GivenFull(int messages)
    {
        var chat = GivenHandedOff();
        while (chat.State.Messages.Count < messages)
        {
            chat.When(Ask($"m{chat.State.Messages.Count}"));
        }

        return chat;
    }

    public static CandidateAnswer Answer(string id = "returns", double confidence = 0.9, string text = "30 days.", long version = 1, string kind = "qna") =>
        new(Returns, text, new(kind, id, version, "How long can I return?"), confidence, []);

    /// <summary>A question the bot can answer with <see cref="Answer"/>, unless other candidates are given.</summary>
    public static Ask Ask(string clientId, string text = "How long can I return it?") =>
        new(clientId, text, Reading, [Answer()], [.. Options], Phrases, BotPolicy.Default, Noon);

    public static Ask Ask(string clientId, params CandidateAnswer[] candidates) => Ask(clientId) with { Candidates = [.. candidates] };

    public static HelpOffer Popup(string id = "p1", string answer = "It comes on Friday.") => new(
        new(id), new("order.delay"), new("A-1001"), null, "Your parcel", "because it is late", "parcel_late", answer,
        [new("Track", "/orders/A-1001")], [new("order", "A-1001", 3), new("qna", "delay", 1)], 0.9);
}
