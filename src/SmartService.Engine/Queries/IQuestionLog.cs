using SmartService.Domain;
using SmartService.Domain.Conversations;

namespace SmartService.Engine.Queries;

/// <summary>Every question shoppers asked, with its answer. A read model: it follows the journal within moments.</summary>
public interface IQuestionLog
{
    /// <summary>Newest first.</summary>
    /// <param name="limit">1 to 200.</param>
    /// <exception cref="ArgumentException">The cursor was not made by this log.</exception>
    ValueTask<Page<LoggedQuestion>> SearchAsync(TenantId tenant, QuestionFilter filter, string? cursor, int limit, CancellationToken ct);

    /// <summary>All matches, newest first, streamed.</summary>
    IAsyncEnumerable<LoggedQuestion> ExportAsync(TenantId tenant, QuestionFilter filter, CancellationToken ct);

    ValueTask<LoggedQuestion?> FindAsync(TenantId tenant, ConversationId conversation, int number, CancellationToken ct);
}

public enum QuestionOutcome
{
    /// <summary>Asked while a person held the conversation and not answered yet.</summary>
    Waiting,
    Answered,
    Clarified,

    /// <summary>Handed off, and no person has answered yet.</summary>
    HandedOff,

    /// <summary>A person answered: while holding the conversation, or after the bot handed off; then the reason says why it did.</summary>
    AgentAnswered,
}

/// <summary>One question as logged.</summary>
/// <param name="Number">Message number in its conversation.</param>
/// <param name="Reason">Why it was handed off.</param>
/// <param name="Helpful">What the shopper said of the answer; null when nothing.</param>
/// <param name="Score">CSAT of the conversation, 1 to 5.</param>
public sealed record LoggedQuestion(
    ConversationId Conversation,
    int Number,
    CustomerId Customer,
    DateTimeOffset At,
    string Text,
    string Language,
    IntentId Intent,
    double Confidence,
    double OutOfScope,
    string Model,
    QuestionOutcome Outcome,
    string? Answer,
    string? SourceKind,
    string? SourceId,
    long SourceVersion,
    double? AnswerConfidence,
    HandOffReason? Reason,
    bool? Helpful,
    int? Score);

/// <summary>Null fields do not filter.</summary>
/// <param name="Unanswered">True: handed off and not answered since, or the shopper said it did not help.</param>
/// <param name="Foreseen">1: the forecast before it had the intent first; 3: among three; 0: it had others.</param>
/// <param name="Text">Words in question or answer, any script, 2 characters or more.</param>
public sealed record QuestionFilter(
    IntentId? Intent = null,
    string? SourceKind = null,
    string? SourceId = null,
    double? MinConfidence = null,
    double? MaxConfidence = null,
    bool? Unanswered = null,
    QuestionOutcome? Outcome = null,
    CustomerId? Customer = null,
    string? Language = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Text = null,
    int? Foreseen = null,
    HandOffReason? Reason = null);
