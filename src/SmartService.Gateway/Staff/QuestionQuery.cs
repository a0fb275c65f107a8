using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Queries;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>The log's filters as they stand in an address.</summary>
internal sealed record QuestionQuery
{
    public string? Intent { get; init; }

    /// <summary>Kind: rule, qna or order.</summary>
    public string? Source { get; init; }

    public string? SourceId { get; init; }

    public double? MinConfidence { get; init; }

    public double? MaxConfidence { get; init; }

    public bool? Unanswered { get; init; }

    public string? Outcome { get; init; }

    public string? Customer { get; init; }

    public string? Language { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Text { get; init; }

    public string? Foreseen { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="ProblemException">A filter is out of range.</exception>
    public QuestionFilter ToFilter()
    {
        var checks = new Checks();
        checks.Range("minConfidence", MinConfidence, 0, 1);
        checks.Range("maxConfidence", MaxConfidence, 0, 1);
        checks.Must(Source is null or "rule" or "qna" or "order", "source", "rule, qna or order");
        checks.Must(Language is null or "ko" or "zh" or "en", "language", "ko, zh or en");
        checks.Must(Text is null || new StringInfo(Text).LengthInTextElements is >= 2 and <= 200, "text", "2 to 200 characters");
        checks.Must(From is null || To is null || From <= To, "to", "not before from");
        QuestionOutcome outcome = default;
        checks.Must(Outcome is null || Words.TryRead(Outcome, out outcome), "outcome", Words.All<QuestionOutcome>());
        checks.Must(Foreseen is null or "1" or "3" or "none", "foreseen", "1, 3 or none");
        HandOffReason reason = default;
        checks.Must(Reason is null || Words.TryRead(Reason, out reason), "reason", Words.All<HandOffReason>());
        checks.ThrowIfAny();
        return new(
            Intent is null ? null : new IntentId(Intent), Source, SourceId, MinConfidence, MaxConfidence, Unanswered, Outcome is null ? null : outcome,
            Customer is null ? null : new CustomerId(Customer), Language, From?.ToUniversalTime(), To?.ToUniversalTime(), Text,
            Foreseen switch { null => null, "1" => 1, "3" => 3, _ => 0 }, Reason is null ? null : reason);
    }
}
