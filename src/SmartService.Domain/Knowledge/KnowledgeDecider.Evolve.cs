using System.Collections.Immutable;
using static SmartService.Domain.Knowledge.KnowledgeEvent;

namespace SmartService.Domain.Knowledge;

/// <summary>Replay of facts.</summary>
public sealed partial class KnowledgeDecider
{
    private const int KeptVersions = 20;
    private const int KeptCandidates = 5_000;
    private const int KeptReleases = 200;
    private const int KeptVotes = 16;
    private const int AnswerVoteWords = 64;
    private const int KeptOperations = 512; // Feedback comes from all of a tenant's shoppers.

    public static KnowledgeState Evolve(KnowledgeState state, KnowledgeEvent e) => e switch
    {
        ItemSaved i => ApplyVersion(state, i.Item, new(i.Version, ContentRules.Whole(i.Content), i.Author, i.At, false, i.Release), e),
        ItemRetired i => Live(state, i.Item) is { } live
            ? ApplyVersion(state, i.Item, new(i.Version, live.Content, i.Author, i.At, true, i.Release), e)
            : throw new CorruptHistoryException(state, e),
        FeedbackNoted f => ApplyFeedback(state, f),
        VocabularySet v => state with { Vocabulary = Vocabulary.Whole(v.Vocabulary) },
        CandidateProposed c => ApplyProposal(state, c),
        CandidateConfirmed c => Change(state, c.Candidate, e, known => known with
        {
            Status = CandidateStatus.Confirmed, Content = ContentRules.Whole(c.Content), Replaces = c.Replaces, Author = c.Author,
        }),
        CandidateDismissed c => Change(state, c.Candidate, e, known => known with
        {
            Status = CandidateStatus.Dismissed, Author = c.Author,
        }),
        ReleaseBuilt r => state with { Releases = Keep(state.Releases, ToRelease(r)) },
        ReleaseReplayed r => Change(state, r.Release, e, known => known with { Status = ReleaseStatus.Replayed, Replay = r.Report }),
        ReleaseApproved r => Change(state, r.Release, e, known => known with { Status = ReleaseStatus.Approved, ApprovedBy = r.Author }),
        ReleaseWentLive r => Mark(
            Change(state, r.Release, e, known => known with { Status = ReleaseStatus.Live, Undo = r.Undo.OrEmpty() }),
            r.Release, CandidateStatus.Released),
        ReleaseRolledBack r => Mark(
            Change(state, r.Release, e, known => known with { Status = ReleaseStatus.RolledBack }),
            r.Release, CandidateStatus.Waiting), // A person looks at them once more.
        ReleaseDiscarded r => Change(state, r.Release, e, known => known with { Status = ReleaseStatus.Discarded }),
        _ => throw new CorruptHistoryException(state, e),
    };

    private static KnowledgeState ApplyVersion(KnowledgeState state, ItemId id, ItemVersion version, KnowledgeEvent e)
    {
        var versions = state.Items.TryGetValue(id.Value, out var item) ? item.Versions : [];
        if (version.Version != (versions.IsEmpty ? 1 : versions[^1].Version + 1))
        {
            throw new CorruptHistoryException(state, e);
        }

        return state with
        {
            Items = state.Items.SetItem(id.Value, new(id, Bounded.Append(versions, version, KeptVersions))),
            Downvotes = state.Downvotes.Remove(id.Value), // They were about the version before.
            Votes = state.Votes.Remove(id.Value),
        };
    }

    private static KnowledgeState ApplyFeedback(KnowledgeState state, FeedbackNoted f)
    {
        var count = Math.Max(0, state.Downvotes.GetValueOrDefault(f.Item.Value) + (f.Helpful ? -1 : 1));
        return state with
        {
            Downvotes = count == 0 ? state.Downvotes.Remove(f.Item.Value) : state.Downvotes.SetItem(f.Item.Value, count),
            Votes = f.Question.IsDefaultOrEmpty ? state.Votes : AddVote(state, f),
            Ranking = f.Signs.IsDefaultOrEmpty ? state.Ranking : state.Ranking.Learn(f.Signs.AsSpan(), f.Helpful),
            Operations = Bounded.Append(state.Operations, f.OperationId, KeptOperations),
        };
    }

    private static ImmutableDictionary<string, ImmutableArray<AnswerVote>> AddVote(KnowledgeState state, FeedbackNoted f) => state.Votes.SetItem(
        f.Item.Value, Bounded.Append(state.Votes.GetValueOrDefault(f.Item.Value, []), new(f.Question, f.Helpful), KeptVotes));

    private static KnowledgeState ApplyProposal(KnowledgeState state, CandidateProposed c)
    {
        var candidate = state.Candidates.TryGetValue(c.Candidate, out var known)
            ? known with { Count = c.Count, Examples = c.Examples.OrEmpty(), Suggested = c.Suggested ?? known.Suggested }
            : new(c.Candidate, c.Question, c.Examples.OrEmpty(), c.Count, c.Origin, CandidateStatus.Waiting, c.Replaces, null, null, c.At)
            {
                Suggested = c.Suggested,
            };
        var candidates = known is null && state.Candidates.Count >= KeptCandidates
            ? state.Candidates.Remove(LeastMissed(state).Id)
            : state.Candidates;
        return state with { Candidates = candidates.SetItem(c.Candidate, candidate) };
    }

    /// <summary>Of a full list, the one to drop: decided before waiting before confirmed, then the oldest.</summary>
    private static Candidate LeastMissed(KnowledgeState state) => state.Candidates.Values
        .OrderBy(c => IsHeld(state, c.Id))
        .ThenBy(c => c.Status switch { CandidateStatus.Waiting => 1, CandidateStatus.Confirmed => 2, _ => 0 })
        .ThenBy(c => c.At)
        .ThenBy(c => c.Id, StringComparer.Ordinal)
        .First();

    private static Release ToRelease(ReleaseBuilt r) =>
        new(r.Release, r.Note, r.Candidates.OrEmpty(), ReleaseStatus.Built, null, r.Author, null, r.At, []);

    /// <summary>Of a full list, the oldest finished release leaves first, then the oldest live one.</summary>
    private static ImmutableArray<Release> Keep(ImmutableArray<Release> releases, Release release)
    {
        if (releases.Length >= KeptReleases)
        {
            var leaving = releases.FirstOrDefault(r => r.Status is ReleaseStatus.RolledBack or ReleaseStatus.Discarded)
                ?? releases.FirstOrDefault(r => r.Status == ReleaseStatus.Live)
                ?? releases[0];
            releases = releases.Remove(leaving);
        }

        return releases.Add(release);
    }

    private static KnowledgeState Change(KnowledgeState state, string id, KnowledgeEvent e, Func<Candidate, Candidate> change) =>
        state.Candidates.TryGetValue(id, out var known)
            ? state with { Candidates = state.Candidates.SetItem(id, change(known)) }
            : throw new CorruptHistoryException(state, e);

    private static KnowledgeState Change(KnowledgeState state, string id, KnowledgeEvent e, Func<Release, Release> change)
    {
        var known = Find(state, id) ?? throw new CorruptHistoryException(state, e);
        return state with { Releases = state.Releases.Replace(known, change(known)) };
    }

    private static KnowledgeState Mark(KnowledgeState state, string release, CandidateStatus status)
    {
        var candidates = state.Candidates.ToBuilder();
        foreach (var id in Find(state, release)!.Candidates)
        {
            if (candidates.TryGetValue(id, out var candidate))
            {
                candidates[id] = candidate with { Status = status };
            }
        }

        return state with { Candidates = candidates.ToImmutable() };
    }
}
