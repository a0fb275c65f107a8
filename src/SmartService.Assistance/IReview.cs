using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance;

/// <summary>Improving answers: unanswered clusters, corrections, releases replayed before they go live.</summary>
public interface IReview
{
    /// <summary>Unanswered and downvoted questions since a time, grouped by meaning, largest group first.</summary>
    ValueTask<IReadOnlyList<QuestionCluster>> ClustersAsync(TenantId tenant, DateTimeOffset since, int limit, CancellationToken ct);

    /// <summary>Proposes the clusters as candidates. Known ones grow; nothing is confirmed.</summary>
    ValueTask<int> ProposeAsync(TenantId tenant, DateTimeOffset since, CancellationToken ct);

    /// <summary>A person gives the right answer to a logged question; it becomes a confirmed candidate.</summary>
    /// <returns>The candidate's id; null when no such question is logged.</returns>
    ValueTask<string?> CorrectAsync(TenantId tenant, ConversationId conversation, int number, ItemContent content, ItemId? replaces, string author, CancellationToken ct);

    /// <summary>Replays the release over the last days' logged questions and journals the report.</summary>
    /// <param name="days">1 to 90.</param>
    ValueTask<ReplayOutcome> ReplayAsync(TenantId tenant, string release, int days, CancellationToken ct);
}

public sealed record ReplayOutcome(ReplayReport? Report, KnowledgeRefusal? Refusal);

/// <param name="Id">Stable as long as its oldest question stands: usable as candidate id.</param>
public sealed record QuestionCluster(string Id, string Question, int Count, IReadOnlyList<string> Examples, IntentId Intent, string Language, DateTimeOffset LastAt);
