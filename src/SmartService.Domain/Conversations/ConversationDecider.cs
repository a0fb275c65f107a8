using static SmartService.Domain.Conversations.ConversationCommand;
using static SmartService.Domain.Conversations.ConversationEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Conversations.ConversationEvent, SmartService.Domain.Conversations.ConversationRefusal>;

namespace SmartService.Domain.Conversations;

/// <summary>Rules for one chat. Messages are numbered from 1 without gaps; a resent message is the same message; after a
/// hand-off the bot is silent until a person gives the chat back.</summary>
public sealed partial class ConversationDecider
    : IDecider<ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>
{
    private ConversationDecider()
    {
    }

    public static ConversationState Initial => ConversationState.Absent;

    public static Decision Decide(ConversationState state, ConversationCommand command) => (state, command) switch
    {
        ({ IsErased: true }, Erase) => Decision.Unchanged,
        ({ IsErased: true }, _) => ConversationRefusal.Closed,
        ({ Customer: null }, Open c) => DecideFirst(c),
        ({ Customer: null }, Ask { Opens: { } first } c) => DecideFirstQuestion(first, c),
        ({ Customer: null }, _) => ConversationRefusal.NotFound,
        (_, Open c) => DecideAgain(state, c),
        (_, Ask { Opens: { } first }) when first.Customer != state.Customer => ConversationRefusal.BelongsToAnother,
        (_, Ask c) => DecideQuestion(state, c),
        (_, MarkRead c) => DecideRead(state, c),
        (_, Reply c) => DecideReply(state, c),
        (_, RequestPerson c) => DecidePerson(state, c),
        (_, RequestCallBack c) => DecideCallBack(state, c),
        (_, RateConversation c) => DecideRating(state, c),
        (_, RateAnswer c) => DecideAnswerRating(state, c),
        (_, AddNote c) => DecideNote(state, c),
        (_, Assign c) => DecideAssignment(state, c),
        (_, Erase c) => new Erased(c.At),
        ({ IsClosed: true }, Close) => Decision.Unchanged,
        (_, Close c) => new Closed(c.At),
        ({ Mode: ConversationMode.Bot }, GiveBack) => Decision.Unchanged,
        ({ IsClosed: true }, _) => ConversationRefusal.Closed,
        (_, GiveBack c) => new GivenBack(c.Agent, c.At),
        (_, Join c) => state.Agent == c.Agent ? Decision.Unchanged : new AgentJoined(c.Agent, c.At),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    private static Decision DecideReply(ConversationState state, Reply c)
    {
        if (Transcript.Holds(state, c.ClientId))
        {
            return Decision.Unchanged;
        }

        if (Fault(state, c.Text, messages: 1) is { } refusal)
        {
            return refusal;
        }

        return state.Mode == ConversationMode.Human
            ? new AgentReplied(Transcript.Next(state), c.ClientId, c.Agent, c.Text, c.At)
            : ConversationRefusal.NotHandedOff;
    }

    private static Decision DecidePerson(ConversationState state, RequestPerson c)
    {
        if (state.Mode == ConversationMode.Human || state.Operations.Contains(c.OperationId))
        {
            return Decision.Unchanged;
        }

        return Unable(state, messages: 1) is { } refusal
            ? refusal
            : new HandedOff(Transcript.Next(state), 0, c.Phrases.HandOffRequested, HandOffReason.Requested, c.At, c.OperationId);
    }

    /// <summary>Also while a person holds the chat: the question is theirs then, and the contact is kept.</summary>
    private static Decision DecideCallBack(ConversationState state, RequestCallBack c)
    {
        if (state.Operations.Contains(c.OperationId) || Transcript.Holds(state, c.ClientId))
        {
            return Decision.Unchanged;
        }

        if (Fault(state, c.Text, messages: 2) is { } refusal)
        {
            return refusal;
        }

        var contact = string.IsNullOrWhiteSpace(c.Contact) ? null : c.Contact.Trim();
        if (contact?.Length > ConversationState.MaxContactLength)
        {
            return ConversationRefusal.TextTooLong;
        }

        var number = Transcript.Next(state);
        return new ConversationEvent[]
        {
            new CustomerAsked(number, c.ClientId, c.Text, c.Reading, c.At),
            new HandedOff(number + 1, number, c.Phrase, HandOffReason.CallBack, c.At, c.OperationId, contact),
        };
    }

    private static Decision DecideRead(ConversationState state, MarkRead c)
    {
        var upTo = Math.Min(c.UpTo, state.Messages.Count);
        var known = c.By switch
        {
            MessageAuthor.Customer => state.ReadByCustomer,
            MessageAuthor.Agent => state.ReadByAgent,
            _ => int.MaxValue, // Only people read.
        };
        return upTo > known ? new Read(c.By, upTo, c.At) : Decision.Unchanged;
    }

    private static Decision DecideRating(ConversationState state, RateConversation c)
    {
        if (c.Score is < 1 or > 5)
        {
            return ConversationRefusal.BadScore;
        }

        var comment = string.IsNullOrWhiteSpace(c.Comment) ? null : c.Comment;
        if (comment?.Length > ConversationState.MaxTextLength)
        {
            return ConversationRefusal.TextTooLong;
        }

        return state.Score == c.Score && state.ScoreComment == comment
            ? Decision.Unchanged
            : new ConversationRated(c.Score, comment, c.At);
    }

    private static Decision DecideAnswerRating(ConversationState state, RateAnswer c)
    {
        if (c.Number < 1 || c.Number > state.Messages.Count || state.Messages[c.Number - 1].Source is null)
        {
            return ConversationRefusal.NoSuchAnswer;
        }

        return state.Messages[c.Number - 1].Helpful == c.Helpful
            ? Decision.Unchanged
            : new AnswerRated(c.Number, c.Helpful, c.At);
    }

    /// <summary>Why no message can be added, most telling first.</summary>
    private static ConversationRefusal? Unable(ConversationState state, int messages)
    {
        if (state.IsClosed)
        {
            return ConversationRefusal.Closed;
        }

        return state.Messages.Count + messages > ConversationState.MaxMessages ? ConversationRefusal.Full : null;
    }

    private static ConversationRefusal? Fault(ConversationState state, string text, int messages)
    {
        if (Unable(state, messages) is { } refusal)
        {
            return refusal;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return ConversationRefusal.EmptyText;
        }

        return text.Length > ConversationState.MaxTextLength ? ConversationRefusal.TextTooLong : null;
    }
}
