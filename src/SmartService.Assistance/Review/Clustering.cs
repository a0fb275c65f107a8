using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Review;

/// <summary>Groups questions that ask the same.</summary>
/// <remarks>
/// Leader clustering (Hartigan, <i>Clustering Algorithms</i>, 1975), oldest question first: a question joins the most like
/// leader or becomes one. One pass, and the same questions always give the same groups. What the model takes for out of scope
/// it places close together whatever it is about, so there words count for more than meaning.
/// </remarks>
internal static class Clustering
{
    private const double ByMeaning = 0.6;
    private const double ByMeaningOutOfScope = 0.3;
    private const double SameQuestion = 0.55;
    private const double SameQuestionOutOfScope = 0.45;

    /// <param name="questions">In any order.</param>
    /// <param name="embeddings">One per question, same order; empty arrays where the model failed.</param>
    public static List<List<LoggedQuestion>> Group(IReadOnlyList<LoggedQuestion> questions, IReadOnlyList<float[]> embeddings)
    {
        var groups = new List<Leader>();
        var oldestFirst = questions.Zip(embeddings)
            .OrderBy(pair => pair.First.At)
            .ThenBy(pair => pair.First.Conversation.Value, StringComparer.Ordinal)
            .ThenBy(pair => pair.First.Number);
        foreach (var (question, embedding) in oldestFirst)
        {
            var candidate = new Leader(question, embedding);
            if (Nearest(groups, candidate) is { } group)
            {
                group.Members.Add(question);
            }
            else
            {
                groups.Add(candidate);
            }
        }

        return [.. groups.Select(group => group.Members)];
    }

    private static Leader? Nearest(List<Leader> groups, Leader candidate)
    {
        var nearest = default(Leader);
        var most = 0.0;
        foreach (var group in groups)
        {
            if (group.Language == candidate.Language && group.Likeness(candidate) is var likeness && likeness >= 1 && likeness > most)
            {
                (nearest, most) = (group, likeness);
            }
        }

        return nearest;
    }

    private sealed class Leader(LoggedQuestion question, float[] embedding)
    {
        private readonly HashSet<ulong> _terms = [.. Terms.Of(question.Text)];

        public List<LoggedQuestion> Members { get; } = [question];

        public string Language { get; } = question.Language;

        private bool OutOfScope { get; } = question.Intent == Intents.OutOfScope;

        private float[] Embedding { get; } = embedding;

        /// <summary>1 and more: they ask the same.</summary>
        public double Likeness(Leader other)
        {
            var outOfScope = OutOfScope || other.OutOfScope;
            var words = TextLikeness.Words(_terms, other._terms);
            var meaning = TextLikeness.Meaning(Embedding, other.Embedding);
            var byMeaning = Embedding.Length == 0 ? 0 : outOfScope ? ByMeaningOutOfScope : ByMeaning;
            return ((byMeaning * meaning) + ((1 - byMeaning) * words)) / (outOfScope ? SameQuestionOutOfScope : SameQuestion);
        }
    }
}
