using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;

namespace SmartService.Assistance;

/// <summary>Answers shoppers: understands, retrieves, lets the conversation decide.</summary>
public interface IAssistant
{
    /// <summary>Opens a conversation; when it continues a popup, the popup's answer is its first message. Doing it twice is one opening.</summary>
    ValueTask<ConversationResult> OpenAsync(TenantId tenant, CustomerId customer, ConversationId conversation, string locale, string? channel, PopupId? popup, CancellationToken ct);

    /// <summary>One shopper's message. Opens the conversation when it is new. Resending the same client id returns the same result.</summary>
    ValueTask<ConversationResult> AskAsync(TenantId tenant, CustomerId customer, ConversationId conversation, string clientId, string text, string locale, CancellationToken ct);

    ValueTask<ConversationResult> RequestPersonAsync(TenantId tenant, CustomerId customer, ConversationId conversation, string operationId, CancellationToken ct);

    /// <summary>A question left to be answered later, because too many ask at once. Opens the conversation when it is new.</summary>
    /// <param name="clientId">Of the question that waited in the line.</param>
    /// <param name="contact">How the shopper wants to be reached; null for in the chat.</param>
    ValueTask<ConversationResult> LeaveAsync(
        TenantId tenant, CustomerId customer, ConversationId conversation, string operationId, string clientId, string text, string? contact, string locale, CancellationToken ct);

    /// <summary>What the bot would answer; nothing is written.</summary>
    /// <param name="customer">Whose orders fill placeholders; null for nobody's.</param>
    ValueTask<Rehearsal> RehearseAsync(TenantId tenant, string text, string locale, CustomerId? customer, CancellationToken ct);
}

/// <summary>State of a conversation after a call.</summary>
/// <param name="Number">Number of the shopper's message; 0 when the call sent none.</param>
/// <param name="Replies">Messages that answered it (bot or system), also when the call was a resend.</param>
/// <param name="Refusal">Why nothing was written.</param>
public sealed record ConversationResult(
    ConversationState State, int Number, ImmutableArray<Message> Replies, ConversationRefusal? Refusal);

/// <summary>What the bot would do with a text.</summary>
public sealed record Rehearsal(
    QuestionReading Reading, IReadOnlyList<IntentScore> Intents, ImmutableArray<CandidateAnswer> Candidates, QuestionAction Action, string Text)
{
    /// <summary>What would be offered when it asked back.</summary>
    public ImmutableArray<ClarifyOption> Options { get; init; } = [];
}

public enum QuestionAction
{
    Answer, Clarify, HandOff,
}
