using SmartService.Domain;
using SmartService.Domain.Conversations;

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
        var recent = state.Messages.Skip(Math.Max(0, state.Messages.Count - Looked)).Reverse().ToArray();
        var question = recent.FirstOrDefault(message => message.Author == MessageAuthor.Customer && message.Intent is { Value: not null } intent
            && intent != Intents.OutOfScope && !FollowUp.Leans(message.Text));
        var order = recent.SelectMany(message => message.Also.IsDefaultOrEmpty ? [message.Source] : message.Also.Append(message.Source))
            .FirstOrDefault(source => source is { Kind: "order" });
        return new(state.Topic, question?.Text, order is null ? null : new OrderId(order.Id));
    }

    /// <summary>The question with what it leans on before it.</summary>
    /// <returns>Null when there is nothing to lean on.</returns>
    public string? Before(string text, string? label) => (Question ?? label) is { Length: > 0 } former ? $"{former} {text}" : null;
}
