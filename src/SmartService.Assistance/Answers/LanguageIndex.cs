using System.Buffers;
using System.Runtime.InteropServices;

namespace SmartService.Assistance.Answers;

/// <summary>A tenant's live items of one language, searched exactly: by embedding and by words. Immutable.</summary>
/// <remarks>
/// Words are weighed with BM25 (Robertson, Zaragoza, <i>The Probabilistic Relevance Framework</i>, 2009) over phrasings and,
/// for less, over answers; the score is divided by what the question would score against itself, which makes it a share.
/// </remarks>
internal sealed class LanguageIndex
{
    private const float Saturation = 1.2f; // k1
    private const float LengthWeight = 0.5f; // b: variants differ in length for no reason of relevance
    private const float AnswerWeight = 0.35f;

    private readonly IndexedItem[] _items;
    private readonly ItemIntent[] _intents;
    private readonly int[] _itemOfText;
    private readonly float[] _lengthNorm;
    private readonly bool[] _isAnswer;
    private readonly Dictionary<ulong, Posting[]> _postings;
    private readonly float _meanLength;

    public LanguageIndex(IEnumerable<IndexedItem> items)
    {
        _items = [.. items];
        var perIntent = _items.CountBy(item => item.Content.Intent?.Value ?? "").ToDictionary();
        _intents = [.. _items.Select(item => IntentOf(item, perIntent))];
        var texts = _items.SelectMany((item, i) =>
            item.PhrasingTerms.Select(terms => new Text(i, terms, IsAnswer: false)).Append(new Text(i, item.AnswerTerms, IsAnswer: true))).ToArray();
        _itemOfText = [.. texts.Select(text => text.Item)];
        _isAnswer = [.. texts.Select(text => text.IsAnswer)];
        var phrasings = texts.Where(text => !text.IsAnswer).ToArray();
        _meanLength = phrasings.Length == 0 ? 1 : Math.Max(1, (float)phrasings.Average(text => text.Terms.Length));
        _lengthNorm = [.. texts.Select(text => NormFor(text.Terms.Length))];
        _postings = Invert(texts.Select(text => text.Terms));
    }

    public IReadOnlyList<IndexedItem> Items => _items;

    /// <summary>Items valid now, best first; those without any confidence are left out.</summary>
    public List<Retrieved> Search(RetrievalQuery query, int take)
    {
        var words = ArrayPool<float>.Shared.Rent(_items.Length);
        try
        {
            ScoreWords(query.Terms, words.AsSpan(0, _items.Length));
            return Rank(query, words, take);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(words);
        }
    }

    private List<Retrieved> Rank(RetrievalQuery query, float[] words, int take)
    {
        var best = query.BestProbability;
        var found = new List<Retrieved>();
        for (var i = 0; i < _items.Length; i++)
        {
            var item = _items[i];
            if (!item.IsValidAt(query.Now))
            {
                continue;
            }

            var similarity = item.Similarity(query.Embedding);
            var confidence = query.WordsOnly
                ? Confidence.OfWords(words[i])
                : Confidence.Of(similarity, words[i], query.ProbabilityOf(item.Content.Intent), best, _intents[i], query.OutOfScope);
            if (confidence > 0.02)
            {
                found.Add(new(item, similarity, words[i], Confidence.After(confidence, query.Downvotes.GetValueOrDefault(item.Id.Value))));
            }
        }

        // Ties are broken by id, so that the same question gets the same answer on every machine.
        found.Sort(static (a, b) => b.Confidence.CompareTo(a.Confidence) is not 0 and var order
            ? order
            : string.CompareOrdinal(a.Item.Id.Value, b.Item.Id.Value));
        if (found.Count > take)
        {
            found.RemoveRange(take, found.Count - take);
        }

        return found;
    }

    private void ScoreWords(ulong[] terms, Span<float> ofItems)
    {
        ofItems.Clear();
        var ofTexts = ArrayPool<float>.Shared.Rent(_itemOfText.Length);
        try
        {
            Array.Clear(ofTexts, 0, _itemOfText.Length);
            var whole = ScoreTexts(terms, ofTexts);
            for (var text = 0; text < _itemOfText.Length && whole > 0; text++)
            {
                var share = Math.Min(1, ofTexts[text] / whole) * (_isAnswer[text] ? AnswerWeight : 1);
                ref var item = ref ofItems[_itemOfText[text]];
                item = Math.Max(item, share);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(ofTexts);
        }
    }

    /// <param name="terms">Of the question; sorted here, its order means nothing.</param>
    /// <returns>What the question would score against itself.</returns>
    private float ScoreTexts(ulong[] terms, float[] scores)
    {
        var norm = NormFor(terms.Length);
        var whole = 0f;
        Array.Sort(terms);
        for (int from = 0, to; from < terms.Length; from = to)
        {
            for (to = from + 1; to < terms.Length && terms[to] == terms[from]; to++)
            {
            }

            var postings = _postings.GetValueOrDefault(terms[from]) ?? [];
            var telling = MathF.Log(1 + ((_itemOfText.Length - postings.Length + 0.5f) / (postings.Length + 0.5f)));
            whole += telling * Saturate(to - from, norm);
            foreach (var posting in postings)
            {
                scores[posting.Text] += telling * Saturate(posting.Count, _lengthNorm[posting.Text]);
            }
        }

        return whole;
    }

    private static ItemIntent IntentOf(IndexedItem item, Dictionary<string, int> perIntent) => item.Content.Intent switch
    {
        null => ItemIntent.None,
        { Value: var intent } => perIntent[intent] == 1 ? ItemIntent.Only : ItemIntent.OneOfSeveral,
    };

    private float NormFor(int length) => Saturation * (1 - LengthWeight + (LengthWeight * length / _meanLength));

    private static float Saturate(int count, float norm) => count * (Saturation + 1) / (count + norm);

    private static Dictionary<ulong, Posting[]> Invert(IEnumerable<ulong[]> texts)
    {
        var lists = new Dictionary<ulong, List<Posting>>();
        var number = 0;
        foreach (var text in texts)
        {
            foreach (var (term, count) in text.CountBy(term => term))
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, term, out _);
                (list ??= []).Add(new(number, count));
            }

            number++;
        }

        return lists.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private readonly record struct Text(int Item, ulong[] Terms, bool IsAnswer);

    private readonly record struct Posting(int Text, int Count);
}
