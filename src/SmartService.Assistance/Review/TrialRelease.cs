using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Review;

/// <summary>What a tenant would know with a release live. The knowledge's own rules apply it, to a state that is never written.</summary>
internal static class TrialRelease
{
    public static (KnowledgeState? After, KnowledgeRefusal? Refusal) Apply(KnowledgeState state, string id, DateTimeOffset now)
    {
        var at = state.Releases.IndexOf(state.Releases.FirstOrDefault(release => release.Id == id)!);
        if (at < 0)
        {
            return (null, KnowledgeRefusal.ReleaseNotFound);
        }

        if (state.Releases[at].Status is not (ReleaseStatus.Built or ReleaseStatus.Replayed))
        {
            return (null, KnowledgeRefusal.AlreadyDecided);
        }

        var approved = state with { Releases = state.Releases.SetItem(at, state.Releases[at] with { Status = ReleaseStatus.Approved }) };
        var decision = KnowledgeDecider.Decide(approved, new KnowledgeCommand.GoLive(id, "replay", now));
        return decision.Refusal is { } refusal
            ? (null, refusal)
            : (decision.Events.Aggregate(approved, KnowledgeDecider.Evolve), null);
    }
}
