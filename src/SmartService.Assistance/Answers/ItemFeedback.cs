using System.Collections.Immutable;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>What shoppers said of a tenant's items, and what the tenant's ranking learned from it.</summary>
internal sealed record ItemFeedback(
    ImmutableDictionary<string, int> Downvotes, ImmutableDictionary<string, ImmutableArray<AnswerVote>> Votes, AnswerRanking Ranking)
{
    /// <summary>Under it two questions have only small words in common.</summary>
    private const double LeastLikeness = 0.4;
    private const double MostWeight = 5;

    public static ItemFeedback None { get; } = Of(KnowledgeState.Empty);

    public static ItemFeedback Of(KnowledgeState state) => new(state.Downvotes, state.Votes, state.Ranking);

    // Most tenants' items have no feedback at all; a look-up would hash the id of each candidate for nothing.
    public int DownvotesOf(string item) => Downvotes.IsEmpty ? 0 : Downvotes.GetValueOrDefault(item);

    public bool HasVotes(string item) => !Votes.IsEmpty && Votes.ContainsKey(item);

    /// <summary>How much questions like this one speak against an item, and for it; each in [0, 5].</summary>
    public (double Disliked, double Liked) For(string item, HashSet<int> question)
    {
        var (disliked, liked) = (0.0, 0.0);
        if (Votes.TryGetValue(item, out var votes))
        {
            foreach (var vote in votes)
            {
                var likeness = Likeness(question, vote.Question);
                if (likeness >= LeastLikeness)
                {
                    (disliked, liked) = vote.Helpful ? (disliked, liked + likeness) : (disliked + likeness, liked);
                }
            }
        }

        return (Math.Min(MostWeight, disliked), Math.Min(MostWeight, liked));
    }

    /// <summary>Dice's coefficient over two questions' terms.</summary>
    private static double Likeness(HashSet<int> one, ImmutableArray<int> other) => one.Count + other.Length == 0
        ? 0
        : 2.0 * other.Count(one.Contains) / (one.Count + other.Length);
}
