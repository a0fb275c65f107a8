using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;

namespace SmartService.Assistance.Answers;

/// <summary>What a conversation was about last: what "it" and "and how long?" mean.</summary>
/// <param name="Topic">Intent of the last understood question.</param>
/// <param name="Question">The last question that stood by itself, in the shopper's words.</param>
/// <param name="Order">The order whose facts were given last.</param>
internal sealed record ConversationThread(IntentId? Topic, string? Question, OrderId? Order)
{
    private const int Looked = 20;

    public static ConversationThread None { get; } = new(null, null, null);

    public static ConversationThread Of(ConversationState state)
    {
        string? question = null;
        AnswerSource? order = null;
        var oldest = Math.Max(0, state.Messages.Count - Looked);
        for (var i = state.Messages.Count - 1; i >= oldest && (question is null || order is null); i--)
        {
            var message = state.Messages[i];
            question ??= StandsAlone(message) ? message.Text : null;
            order ??= OrderOf(message);
        }

        return new(state.Topic, question, order is null ? null : new OrderId(order.Id));
    }

    /// <summary>The question with what it leans on before it.</summary>
    /// <returns>Null when there is nothing to lean on.</returns>
    public string? Before(string text, string? label) => (Question ?? label) is { Length: > 0 } former ? $"{former} {text}" : null;

    private static bool StandsAlone(Message message) =>
        message.Author == MessageAuthor.Customer && message.Intent is { Value: not null } intent && intent != Intents.OutOfScope && !FollowUp.Leans(message.Text);

    private static AnswerSource? OrderOf(Message message)
    {
        if (!message.Also.IsDefaultOrEmpty)
        {
            foreach (var source in message.Also)
            {
                if (source.Kind == "order")
                {
                    return source;
                }
            }
        }

        return message.Source is { Kind: "order" } own ? own : null;
    }
}
