using System.Collections.Immutable;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Knowledge.KnowledgeEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Knowledge.KnowledgeEvent, SmartService.Domain.Knowledge.KnowledgeRefusal>;

namespace SmartService.Domain.Knowledge;

/// <summary>Releases: built → replayed → approved → live → rolled back, or discarded before going live.</summary>
public sealed partial class KnowledgeDecider
{
    private const int KeptChanges = 500;

    private static Decision DecideRelease(KnowledgeState state, BuildRelease c)
    {
        var ids = c.Candidates.OrEmpty().Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (Find(state, c.Release) is { } known)
        {
            return Bounded.Same(known.Candidates, ids) ? Decision.Unchanged : KnowledgeRefusal.AlreadyDecided;
        }

        return Unfit(state, ids) is { } refusal ? refusal : new ReleaseBuilt(c.Release, ids, c.Note, c.Author, c.At);
    }

    private static KnowledgeRefusal? Unfit(KnowledgeState state, ImmutableArray<string> candidates)
    {
        if (candidates.IsEmpty || candidates.Any(id => !state.Candidates.ContainsKey(id)))
        {
            return KnowledgeRefusal.CandidateNotFound;
        }

        var chosen = candidates.Select(id => state.Candidates[id]).ToList();
        if (chosen.Any(c => c.Status == CandidateStatus.Released || IsHeld(state, c.Id)))
        {
            return KnowledgeRefusal.AlreadyDecided;
        }

        if (chosen.Any(c => c.Status != CandidateStatus.Confirmed))
        {
            return KnowledgeRefusal.NotConfirmed;
        }

        // Two answers for one item: the second would silently replace the first.
        var replaced = chosen.Where(c => c.Replaces is not null).Select(c => c.Replaces).ToList();
        return replaced.Distinct().Count() < replaced.Count ? KnowledgeRefusal.VersionConflict : null;
    }

    private static Decision DecideReplay(KnowledgeState state, NoteReplay c) => Find(state, c.Release) switch
    {
        null => KnowledgeRefusal.ReleaseNotFound,
        { Replay: { } known } when Same(known, c.Report) => Decision.Unchanged,
        { Status: ReleaseStatus.Built or ReleaseStatus.Replayed } => new ReleaseReplayed(c.Release, Cut(c.Report), c.At),
        _ => KnowledgeRefusal.AlreadyDecided,
    };

    private static bool Same(ReplayReport known, ReplayReport report) => known == Cut(report) with { Changes = known.Changes };

    private static ReplayReport Cut(ReplayReport report)
    {
        var changes = report.Changes.OrEmpty();
        return report with { Changes = changes.Length > KeptChanges ? changes[..KeptChanges] : changes };
    }

    private static Decision DecideApproval(KnowledgeState state, Approve c) => Find(state, c.Release) switch
    {
        null => KnowledgeRefusal.ReleaseNotFound,
        { Status: ReleaseStatus.Approved or ReleaseStatus.Live } => Decision.Unchanged,
        { Status: ReleaseStatus.Built } => KnowledgeRefusal.NotReplayed,
        { Status: ReleaseStatus.Replayed } => new ReleaseApproved(c.Release, c.Author, c.At),
        _ => KnowledgeRefusal.AlreadyDecided,
    };

    private static Decision DecideDiscard(KnowledgeState state, Discard c) => Find(state, c.Release) switch
    {
        null => KnowledgeRefusal.ReleaseNotFound,
        { Status: ReleaseStatus.Discarded } => Decision.Unchanged,
        { Status: ReleaseStatus.Live or ReleaseStatus.RolledBack } => KnowledgeRefusal.AlreadyDecided,
        _ => new ReleaseDiscarded(c.Release, c.Author, c.At),
    };

    private static Release? Find(KnowledgeState state, string release)
    {
        foreach (var known in state.Releases)
        {
            if (known.Id == release)
            {
                return known;
            }
        }

        return null;
    }

    private static bool IsPending(Release release) =>
        release.Status is ReleaseStatus.Built or ReleaseStatus.Replayed or ReleaseStatus.Approved;
}
