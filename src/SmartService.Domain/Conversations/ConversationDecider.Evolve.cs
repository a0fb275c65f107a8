using System.Collections.Immutable;
using static SmartService.Domain.Conversations.ConversationEvent;

namespace SmartService.Domain.Conversations;

/// <summary>Replay of facts.</summary>
public sealed partial class ConversationDecider
{
    private const int KeptOperations = 32;

    public static ConversationState Evolve(ConversationState state, ConversationEvent e)
    {
        // Erased may come first: what was stored before it is overwritten then, and skipped.
        var follows = state.Customer is null ? e is Opened or Erased : e is not Opened;
        if (!follows || state.IsErased)
        {
            throw new CorruptHistoryException(state, e);
        }

        return e switch
        {
            Opened o => state with { Customer = o.Customer, Locale = o.Locale, Channel = o.Channel },
            CustomerAsked a => ApplyQuestion(state, a),
            BotAnswered b => ApplyAnswer(state, b),
            BotClarified b => ApplyClarification(state, b),
            HandedOff h => ApplyHandOff(state, h),
            AgentReplied r => ApplyReply(state, r),
            AgentJoined j => state with { Mode = ConversationMode.Human, Agent = j.Agent },
            GivenBack => state with { Mode = ConversationMode.Bot, Agent = null, Clarifications = 0 },
            Read { By: MessageAuthor.Customer } r => state with { ReadByCustomer = r.UpTo },
            Read r => state with { ReadByAgent = r.UpTo },
            AnswerRated r => state with { Messages = Rate(state, r) },
            ConversationRated r => state with { Score = r.Score, ScoreComment = r.Comment },
            NoteAdded n => state with { Notes = state.Notes.OrEmpty().Add(new(n.NoteId, n.Author, n.Text, n.At)) },
            Assigned a => state with { Assignee = a.Member is null ? null : new(a.Member, a.Name ?? a.Member) },
            Closed => state with { IsClosed = true },
            Erased => Blank(state),
            _ => throw new CorruptHistoryException(state, e),
        };
    }

    private static ConversationState ApplyQuestion(ConversationState state, CustomerAsked a)
    {
        var intent = a.Reading.Intent;
        var understood = !string.IsNullOrEmpty(intent.Value) && intent != Intents.OutOfScope;
        var message = new Message(
            a.Number, MessageAuthor.Customer, a.Text, a.At, a.ClientId, Confidence: a.Reading.Confidence, Intent: intent,
            Actions: [], Options: []);
        return Add(state, message, a) with { Topic = understood ? intent : state.Topic };
    }

    private static ConversationState ApplyAnswer(ConversationState state, BotAnswered b)
    {
        var message = new Message(
            b.Number, MessageAuthor.Bot, b.Text, b.At, Source: b.Source, Confidence: b.Confidence, Intent: b.Intent,
            Replies: b.Replies, Actions: b.Actions.OrEmpty(), Options: [])
        {
            Also = b.Also.OrEmpty(),
        };
        return Add(state, message, b) with
        {
            Topic = b.Replies == 0 ? b.Intent : state.Topic, // A popup brings its topic along.
            Clarifications = 0,
        };
    }

    private static ConversationState ApplyClarification(ConversationState state, BotClarified b)
    {
        var message = new Message(
            b.Number, MessageAuthor.Bot, b.Text, b.At, Replies: b.Replies, Actions: [], Options: b.Options.OrEmpty());
        return Add(state, message, b) with { Clarifications = state.Clarifications + 1 };
    }

    private static ConversationState ApplyHandOff(ConversationState state, HandedOff h)
    {
        var message = new Message(
            h.Number, MessageAuthor.System, h.Text, h.At, Replies: h.Replies, Actions: [], Options: [], Reason: h.Reason)
        {
            Contact = h.Contact,
        };
        return Add(state, message, h) with
        {
            Mode = ConversationMode.Human,
            Clarifications = 0,
            Operations = h.OperationId is { } operation
                ? Bounded.Append(state.Operations, operation, KeptOperations)
                : state.Operations,
        };
    }

    private static ConversationState ApplyReply(ConversationState state, AgentReplied r)
    {
        var message = new Message(
            r.Number, MessageAuthor.Agent, r.Text, r.At, r.ClientId, r.Agent, Actions: [], Options: []);
        return Add(state, message, r) with { Agent = r.Agent };
    }

    private static ConversationState Add(ConversationState state, Message message, ConversationEvent e) =>
        message.Number == Transcript.Next(state) ? Transcript.With(state, message) : throw new CorruptHistoryException(state, e);

    private static ImmutableList<Message> Rate(ConversationState state, AnswerRated r) =>
        state.Messages.SetItem(r.Number - 1, state.Messages[r.Number - 1] with { Helpful = r.Helpful });

    /// <summary>Keeps numbers, authors and times, so that the stream stays in step; what was said and about which order is gone.</summary>
    private static ConversationState Blank(ConversationState state)
    {
        var blank = state.Messages.ConvertAll(m =>
            new Message(m.Number, m.Author, "", m.At, m.ClientId, Replies: m.Replies, Actions: [], Options: []));
        return state with
        {
            Messages = blank,
            Marks = [.. blank.Select(Transcript.MarkOf)],
            Topic = null,
            ScoreComment = null,
            Notes = [],
            IsClosed = true,
            IsErased = true,
        };
    }
}
