using System.Collections.Immutable;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Knowledge.KnowledgeEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Knowledge.KnowledgeEvent, SmartService.Domain.Knowledge.KnowledgeRefusal>;

namespace SmartService.Domain.Knowledge;

/// <summary>Candidates: proposed from logged questions, then confirmed with an answer, or dismissed, by a person.</summary>
public sealed partial class KnowledgeDecider
{
    private const int KeptExamples = 20;

    private static Decision DecideProposal(KnowledgeState state, Propose c)
    {
        if (string.IsNullOrWhiteSpace(c.Candidate) || string.IsNullOrWhiteSpace(c.Question) || c.Question.Length > ContentRules.MaxQuestionLength)
        {
            return KnowledgeRefusal.BadContent;
        }

        if (state.Candidates.TryGetValue(c.Candidate, out var known))
        {
            return Raise(known, c);
        }

        if (c.Replaces is { } replaced && Live(state, replaced) is null)
        {
            return KnowledgeRefusal.ItemNotFound;
        }

        return new CandidateProposed(c.Candidate, c.Question, Merge([], c.Examples.OrEmpty()), Math.Max(1, c.Count), c.Origin, c.Replaces, c.At)
        {
            Suggested = Cut(c.Suggested),
        };
    }

    /// <summary>A known candidate only stands for more questions; what a person has decided is not opened again.</summary>
    private static Decision Raise(Candidate known, Propose c)
    {
        if (known.Status is CandidateStatus.Dismissed or CandidateStatus.Released)
        {
            return Decision.Unchanged;
        }

        var examples = Merge(known.Examples, c.Examples.OrEmpty());
        var count = Math.Max(known.Count, c.Count);
        var suggested = known.Suggested ?? Cut(c.Suggested);
        return count == known.Count && examples.Length == known.Examples.Length && suggested == known.Suggested
            ? Decision.Unchanged
            : new CandidateProposed(known.Id, known.Question, examples, count, known.Origin, known.Replaces, c.At) { Suggested = suggested };
    }

    private static string? Cut(string? suggested) =>
        string.IsNullOrWhiteSpace(suggested) ? null
        : suggested.Length <= ContentRules.MaxAnswerLength ? suggested
        : suggested[..ContentRules.MaxAnswerLength];

    private static ImmutableArray<string> Merge(ImmutableArray<string> known, ImmutableArray<string> more)
    {
        foreach (var example in more)
        {
            if (known.Length < KeptExamples && !string.IsNullOrWhiteSpace(example))
            {
                var cut = example.Length > ContentRules.MaxQuestionLength ? example[..ContentRules.MaxQuestionLength] : example;
                known = known.Contains(cut) ? known : known.Add(cut);
            }
        }

        return known;
    }

    private static Decision DecideConfirmation(KnowledgeState state, Confirm c)
    {
        if (!state.Candidates.TryGetValue(c.Candidate, out var known))
        {
            return KnowledgeRefusal.CandidateNotFound;
        }

        var content = ContentRules.Whole(c.Content);
        if (known is { Status: CandidateStatus.Confirmed, Content: { } said } && known.Replaces == c.Replaces && ContentRules.Same(said, content))
        {
            return Decision.Unchanged;
        }

        if (!IsOpen(state, known))
        {
            return KnowledgeRefusal.AlreadyDecided;
        }

        if (c.Replaces is { } replaced && Live(state, replaced) is null)
        {
            return KnowledgeRefusal.ItemNotFound;
        }

        return ContentRules.Check(content).IsEmpty
            ? new CandidateConfirmed(c.Candidate, content, c.Replaces, c.Author, c.At)
            : KnowledgeRefusal.BadContent;
    }

    private static Decision DecideDismissal(KnowledgeState state, Dismiss c)
    {
        if (!state.Candidates.TryGetValue(c.Candidate, out var known))
        {
            return KnowledgeRefusal.CandidateNotFound;
        }

        if (known.Status == CandidateStatus.Dismissed)
        {
            return Decision.Unchanged;
        }

        return IsOpen(state, known) ? new CandidateDismissed(c.Candidate, c.Author, c.At) : KnowledgeRefusal.AlreadyDecided;
    }

    /// <summary>Still a person's to change: neither decided nor part of a release that was, or may be, replayed and approved as it is.</summary>
    private static bool IsOpen(KnowledgeState state, Candidate candidate) =>
        candidate.Status is CandidateStatus.Waiting or CandidateStatus.Confirmed && !IsHeld(state, candidate.Id);

    /// <summary>Whether a release that has not gone live yet holds the candidate.</summary>
    private static bool IsHeld(KnowledgeState state, string candidate)
    {
        foreach (var release in state.Releases)
        {
            if (IsPending(release) && release.Candidates.Contains(candidate))
            {
                return true;
            }
        }

        return false;
    }
}
