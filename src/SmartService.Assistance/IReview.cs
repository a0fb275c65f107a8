using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance;

/// <summary>Improving answers: unanswered clusters, corrections, releases replayed before they go live.</summary>
public interface IReview
{
    /// <summary>Unanswered and downvoted questions since a time, grouped by meaning, largest group first.</summary>
    ValueTask<IReadOnlyList<QuestionCluster>> ClustersAsync(TenantId tenant, DateTimeOffset since, int limit, CancellationToken ct);

    /// <summary>
    /// Proposes as candidates the clusters, and those that a person answered after the bot could not, with that answer beside
    /// them. Known ones grow; nothing is confirmed.
    /// </summary>
    ValueTask<int> ProposeAsync(TenantId tenant, DateTimeOffset since, CancellationToken ct);

    /// <summary>A person gives the right answer to a logged question; it becomes a confirmed candidate.</summary>
    /// <remarks>An intent it names, or that of the item it replaces, also teaches what the question meant.</remarks>
    /// <returns>The candidate's id, or why there is none; null when no such question is logged.</returns>
    ValueTask<CorrectionOutcome?> CorrectAsync(TenantId tenant, ConversationId conversation, int number, ItemContent content, ItemId? replaces, string author, CancellationToken ct);

    /// <summary>Replays the release over the last days' logged questions and journals the report.</summary>
    /// <param name="days">1 to 90.</param>
    ValueTask<ReplayOutcome> ReplayAsync(TenantId tenant, string release, int days, CancellationToken ct);
}

/// <param name="Candidate">Null when refused.</param>
/// <param name="Faults">What is wrong with the content, field by field; empty unless it is that.</param>
public sealed record CorrectionOutcome(string? Candidate, KnowledgeRefusal? Refusal, ImmutableArray<FieldFault> Faults);

public sealed record ReplayOutcome(ReplayReport? Report, KnowledgeRefusal? Refusal);

/// <param name="Id">Stable as long as its oldest question stands: usable as candidate id.</param>
public sealed record QuestionCluster(string Id, string Question, int Count, IReadOnlyList<string> Examples, IntentId Intent, string Language, DateTimeOffset LastAt);
