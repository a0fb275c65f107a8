using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>One question as retrieval sees it. For one thread.</summary>
internal sealed class RetrievalQuery
{
    private readonly string _text;
    private HashSet<int>? _folded;
    private ulong? _key;

    private RetrievalQuery(string text, MessageUnderstanding? understanding)
    {
        _text = text;
        Terms = Answers.Terms.Of(text);
        Embedding = understanding?.Embedding ?? [];
        Quantized = Embedding.Length == 0 ? null : QuantizedQuery.Of(Embedding);
        Intents = understanding?.Top ?? [];
        OutOfScope = understanding?.OutOfScope ?? 0;
        BestProbability = Intents.FirstOrDefault(score => score.Intent != Domain.Intents.OutOfScope).Probability;
    }

    public ulong[] Terms { get; }

    /// <summary>Empty: words only.</summary>
    public float[] Embedding { get; }

    public QuantizedQuery? Quantized { get; }

    /// <summary>Understood intents with probabilities; empty when the model failed.</summary>
    public IReadOnlyList<IntentScore> Intents { get; }

    public double OutOfScope { get; }

    public IReadOnlyList<SynonymSwap> Synonyms { get; private init; } = [];

    public ItemFeedback Feedback { get; private init; } = ItemFeedback.None;

    public DateTimeOffset Now { get; private init; }

    public bool WordsOnly => Embedding.Length == 0;

    /// <summary>Probability of the likeliest intent a shop can answer.</summary>
    public double BestProbability { get; }

    /// <param name="understanding">Null: words only.</param>
    public static RetrievalQuery Of(string text, MessageUnderstanding? understanding, KnowledgeView knowledge, DateTimeOffset now) =>
        new(text, understanding) { Synonyms = knowledge.Words.SwapsIn(text), Feedback = knowledge.Feedback, Now = now };

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

    /// <summary>What speaks for an item and against it, in the order of <see cref="AnswerRanking.Signs"/>.</summary>
    public void SignsOf(IndexedItem item, double similarity, double words, double probability, double confidence, Span<double> signs)
    {
        var (disliked, liked) = Feedback.HasVotes(item.Id.Value)
            ? Feedback.For(item.Id.Value, _folded ??= Answers.Terms.Folded(Terms))
            : (0, 0);
        ReadOnlySpan<double> all =
            [AnswerRanking.SignOf(confidence), similarity, words, probability, item.IsAskedAs(_key ??= Answers.Terms.KeyOf(_text)) ? 1 : 0, disliked, liked, 1];
        all.CopyTo(signs);
    }
}
