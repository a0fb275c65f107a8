using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Learning;

namespace SmartService.Assistance.Learning;

/// <summary>What one conversation teaches. Pure.</summary>
internal static class ConversationLessons
{
    /// <param name="taught">What staff said of questions; it overrides what shoppers showed.</param>
    /// <param name="intentOfAnswer">The intent of the Q&amp;A item whose answer a person's words are; null for none.</param>
    public static IEnumerable<LoggedLesson> Of(
        ConversationId id, ConversationState state, IReadOnlyDictionary<string, TaughtIntent> taught, Func<string, IntentId?> intentOfAnswer)
    {
        for (var i = 0; i < state.Messages.Count; i++)
        {
            var question = state.Messages[i];
            if (question is not { Author: MessageAuthor.Customer, Text.Length: > 0 })
            {
                continue;
            }

            LoggedLesson Lesson(LessonKind kind, IntentId intent, bool means) => new(kind, id, question.Number, question.Text, intent, means, question.At);
            if (taught.TryGetValue(LearningState.KeyOf(id, question.Number), out var said))
            {
                yield return Lesson(LessonKind.Taught, said.Intent, means: true);
            }
            else if (ReplyTo(state, i) is { } reply)
            {
                foreach (var (kind, intent, means) in Shown(state, i, reply, intentOfAnswer))
                {
                    yield return Lesson(kind, intent, means);
                }
            }
        }
    }

    /// <summary>What shopper and agent showed by what they did next.</summary>
    private static IEnumerable<(LessonKind Kind, IntentId Intent, bool Means)> Shown(
        ConversationState state, int question, Message reply, Func<string, IntentId?> intentOfAnswer)
    {
        if (reply is { Author: MessageAuthor.Bot, Intent: { } answered })
        {
            if (reply.Helpful is { } helpful)
            {
                yield return (helpful ? LessonKind.Helpful : LessonKind.Downvoted, answered, helpful);
            }
            else if (WantedPerson(state, reply))
            {
                yield return (LessonKind.HandedOff, answered, false);
            }
        }
        else if (reply is { Author: MessageAuthor.Bot, Options: { IsDefaultOrEmpty: false } options } && NextQuestion(state, question) is { } next)
        {
            var chosen = options.FirstOrDefault(option => string.Equals(option.Label.Trim(), next.Text.Trim(), StringComparison.OrdinalIgnoreCase));
            if (chosen is not null)
            {
                yield return (LessonKind.Chosen, chosen.Intent, true);
                yield break;
            }

            foreach (var declined in options)
            {
                yield return (LessonKind.AskedElse, declined.Intent, false);
            }
        }
        else if (reply is { Author: MessageAuthor.System, Reason: not (HandOffReason.Requested or HandOffReason.Complaint) }
            && FirstOfPerson(state, question) is { } person && intentOfAnswer(person.Text) is { } known)
        {
            yield return (LessonKind.PersonAnswered, known, true);
        }
    }

    private static Message? ReplyTo(ConversationState state, int question) => question + 1 < state.Messages.Count
        && state.Messages[question + 1] is { Author: MessageAuthor.Bot or MessageAuthor.System } reply && reply.Replies == state.Messages[question].Number
            ? reply
            : null;

    /// <summary>Right after the answer the shopper pressed "talk to a person".</summary>
    private static bool WantedPerson(ConversationState state, Message reply) => reply.Number < state.Messages.Count
        && state.Messages[reply.Number] is { Author: MessageAuthor.System, Replies: 0, Reason: HandOffReason.Requested };

    private static Message? NextQuestion(ConversationState state, int after) =>
        state.Messages.Skip(after + 1).FirstOrDefault(message => message.Author == MessageAuthor.Customer);

    private static Message? FirstOfPerson(ConversationState state, int after) =>
        state.Messages.Skip(after + 1).FirstOrDefault(message => message.Author == MessageAuthor.Agent);
}
