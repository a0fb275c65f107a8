using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>One question as retrieval sees it.</summary>
/// <param name="Embedding">Empty: words only.</param>
/// <param name="Intents">Understood intents with probabilities; empty when the model failed.</param>
internal sealed record RetrievalQuery(
    ulong[] Terms, float[] Embedding, IReadOnlyList<IntentScore> Intents, double OutOfScope,
    ImmutableDictionary<string, int> Downvotes, DateTimeOffset Now)
{
    public static RetrievalQuery Of(string text, MessageUnderstanding? understanding, ImmutableDictionary<string, int> downvotes, DateTimeOffset now) =>
        new(Answers.Terms.Of(text), understanding?.Embedding ?? [], understanding?.Top ?? [], understanding?.OutOfScope ?? 0, downvotes, now);

    public bool WordsOnly => Embedding.Length == 0;

    public double ProbabilityOf(IntentId? intent)
    {
        foreach (var score in Intents)
        {
            if (score.Intent == intent)
            {
                return score.Probability;
            }
        }

        return 0;
    }

    /// <summary>Probability of the likeliest intent a shop can answer.</summary>
    public double BestProbability
    {
        get
        {
            foreach (var score in Intents)
            {
                if (score.Intent != Domain.Intents.OutOfScope)
                {
                    return score.Probability;
                }
            }

            return 0;
        }
    }
}
