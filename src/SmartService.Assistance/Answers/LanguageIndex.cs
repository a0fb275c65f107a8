using System.Buffers;
using System.Runtime.InteropServices;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Answers;

/// <summary>A tenant's live items of one language, searched exactly: by embedding and by words. Immutable.</summary>
/// <remarks>
/// Words are weighed with BM25 (Robertson, Zaragoza, <i>The Probabilistic Relevance Framework</i>, 2009) over phrasings and,
/// for less, over answers; the score is divided by what the question would score against itself, which makes it a share.
/// <para>Most items lie in one large segment; what changed since it was made lies in a small one, and the large one's former
/// versions are marked gone (O'Neil et al., <i>The Log-Structured Merge-Tree</i>, 1996). An edit makes the small one anew. Counts
/// are kept as if all were one segment, so how an index came to be does not show in its scores.</para>
/// </remarks>
internal sealed class LanguageIndex
{
    /// <summary>Candidates taken by embedding and by words before all witnesses are heard; fewer by each understood intent.</summary>
    internal const int CandidatesPerWitness = 64;

    private const int CandidatesPerIntent = 24;

    /// <summary>So many items with the very same share of words say that the words tell nothing.</summary>
    private const int MostTied = 2 * CandidatesPerWitness;

    private const float AnswerWeight = 0.35f;
    private const float SynonymTrust = 0.9f;
    private const int LeastRecent = 256;
    private const int MostRecent = 2_048;

    private readonly IndexSegment _main;
    private readonly IndexSegment _recent;
    private readonly bool[] _gone;
    private readonly Dictionary<ulong, int> _goneTerms = [];
    private readonly Dictionary<string, int> _perIntent = new(StringComparer.Ordinal);
    private readonly int _texts;
    private readonly TermShares _shares;

    private LanguageIndex(IndexSegment main, IndexSegment recent, bool[] gone)
    {
        (_main, _recent, _gone) = (main, recent, gone);
        _texts = main.Texts + recent.Texts;
        var (terms, phrasings) = (main.PhrasingTerms + recent.PhrasingTerms, main.Phrasings + recent.Phrasings);
        foreach (var (intent, count) in main.Intents.Concat(recent.Intents))
        {
            _perIntent[intent] = _perIntent.GetValueOrDefault(intent) + count;
        }

        Count = main.Items.Length + recent.Items.Length;
        for (var i = 0; i < gone.Length; i++)
        {
            if (gone[i])
            {
                var item = main.Items[i];
                Count--;
                _texts -= item.Texts;
                phrasings -= item.Phrasings.Length;
                terms -= Forget(item);
            }
        }

        _shares = new(phrasings == 0 ? 1 : Math.Max(1, (float)terms / phrasings));
    }

    public int Count { get; }

    public IEnumerable<IndexedItem> Items => _main.Items.Where((_, i) => !IsGone(i)).Concat(_recent.Items);

    /// <summary>About what the index holds: postings, bytes of embeddings, and the embeddings themselves.</summary>
    public long Bytes => _main.Bytes + _recent.Bytes + Items.Sum(item => (item.Vectors.LongLength * sizeof(float)) + 200);

    public static LanguageIndex Of(IEnumerable<IndexedItem> items) => new(new(items), IndexSegment.Empty, []);

    /// <summary>This index after an edit.</summary>
    /// <param name="saved">New items and new versions of known ones.</param>
    /// <param name="retired">Ids of items that are no more; unknown ones change nothing.</param>
    public LanguageIndex With(IReadOnlyCollection<IndexedItem> saved, IReadOnlyCollection<string> retired)
    {
        var changed = saved.Select(item => item.Id.Value).Concat(retired).ToHashSet(StringComparer.Ordinal);
        var recent = _recent.Items.Where(item => !changed.Contains(item.Id.Value)).Concat(saved).ToArray();
        var gone = _gone.Length == 0 ? new bool[_main.Items.Length] : (bool[])_gone.Clone();
        foreach (var id in changed)
        {
            if (_main.Find(id) is >= 0 and var at)
            {
                gone[at] = true;
            }
        }

        var limit = Math.Clamp(_main.Items.Length / 8, LeastRecent, MostRecent);
        return recent.Length > limit || gone.Count(known => known) > limit
            ? Of(_main.Items.Where((_, i) => !gone[i]).Concat(recent))
            : new(_main, new(recent), gone);
    }

    public IndexedItem? Find(string id)
    {
        if (_recent.Find(id) is >= 0 and var recent)
        {
            return _recent.Items[recent];
        }

        return _main.Find(id) is >= 0 and var main && !IsGone(main) ? _main.Items[main] : null;
    }

    public IEnumerable<IndexedItem> For(string intent) =>
        _main.For(intent).Where(i => !IsGone(i)).Select(i => _main.Items[i]).Concat(_recent.For(intent).Select(i => _recent.Items[i]));

    /// <summary>Items valid now, best first; those without any confidence are left out.</summary>
    public List<Retrieved> Search(RetrievalQuery query, int take)
    {
        var found = new List<Retrieved>();
        var worth = Weigh(query);
        Search(query, worth, _main, found);
        Search(query, worth, _recent, found);

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

    /// <summary>What the tenant's ranking weighs of one item for a question (<see cref="AnswerRanking"/>).</summary>
    /// <returns>Null when the item is not found.</returns>
    public double[]? SignsOf(RetrievalQuery query, string id)
    {
        var found = Search(query, Count).Find(hit => hit.Item.Id.Value == id);
        if (found.Item is null)
        {
            return null;
        }

        var signs = new double[AnswerRanking.Signs.Length];
        var (item, similarity, words, _) = found;
        var probability = query.ProbabilityOf(item.Content.Intent);
        query.SignsOf(item, similarity, words, probability, ConfidenceOf(query, item, similarity, words, probability), signs);
        return signs;
    }

    private void Search(RetrievalQuery query, Worth worth, IndexSegment segment, List<Retrieved> found)
    {
        if (segment.Items.Length == 0)
        {
            return;
        }

        var (items, candidates) = (segment.Items.Length, new List<int>(CandidatesPerWitness));
        var (words, near) = (ArrayPool<float>.Shared.Rent(items), ArrayPool<float>.Shared.Rent(items));
        ScoreWords(worth, segment, words.AsSpan(0, items));
        if (items <= 2 * CandidatesPerWitness)
        {
            candidates.AddRange(Enumerable.Range(0, items));
        }
        else
        {
            AddCandidates(query, segment, words.AsSpan(0, items), near.AsSpan(0, items), candidates);
        }

        var isMain = ReferenceEquals(segment, _main);
        candidates.Sort();
        for (var i = 0; i < candidates.Count; i++)
        {
            var item = candidates[i];
            if ((i == 0 || candidates[i - 1] != item) && !(isMain && IsGone(item)))
            {
                Judge(query, segment.Items[item], words[item], found);
            }
        }

        ArrayPool<float>.Shared.Return(words);
        ArrayPool<float>.Shared.Return(near);
    }

    private void Judge(RetrievalQuery query, IndexedItem item, float words, List<Retrieved> found)
    {
        if (!item.IsValidAt(query.Now))
        {
            return;
        }

        var similarity = item.Similarity(query.Embedding);
        var probability = query.ProbabilityOf(item.Content.Intent);
        var confidence = ConfidenceOf(query, item, similarity, words, probability);
        if (confidence > 0.02)
        {
            Span<double> signs = stackalloc double[AnswerRanking.Signs.Length];
            query.SignsOf(item, similarity, words, probability, confidence, signs);
            var judged = Confidence.After(query.Feedback.Ranking.Score(signs), query.Feedback.DownvotesOf(item.Id.Value));
            found.Add(new(item, similarity, words, judged));
        }
    }

    /// <summary>Before the tenant's ranking is asked.</summary>
    private double ConfidenceOf(RetrievalQuery query, IndexedItem item, float similarity, float words, double probability) => query.WordsOnly
        ? Confidence.OfWords(words)
        : Confidence.Of(similarity, words, probability, query.BestProbability, IntentOf(item), query.OutOfScope);

    /// <summary>Every item that could be among the best by one of the witnesses; some more than once.</summary>
    private void AddCandidates(RetrievalQuery query, IndexSegment segment, Span<float> words, Span<float> near, List<int> candidates)
    {
        var error = ScoreMeaning(query, segment, near);
        if (ReferenceEquals(segment, _main))
        {
            for (var i = 0; i < _gone.Length; i++)
            {
                (words[i], near[i]) = _gone[i] ? (-1, -1) : (words[i], near[i]);
            }
        }

        var leastWords = Math.Max(float.Epsilon, Best.Least(words, CandidatesPerWitness));
        for (var i = Best.Next(words, 0, leastWords); i < words.Length && candidates.Count < MostTied; i = Best.Next(words, i + 1, leastWords))
        {
            candidates.Add(i);
        }

        if (!query.WordsOnly)
        {
            AddNearest(query, segment, near, error, candidates);
        }

        foreach (var score in query.Intents)
        {
            AddMeant(segment.For(score.Intent.Value ?? ""), words, near, candidates);
        }
    }

    /// <summary>The nearest by exact cosine: they are among those whose rounded cosine is within the rounding error of the last one taken.</summary>
    private static void AddNearest(RetrievalQuery query, IndexSegment segment, ReadOnlySpan<float> near, float error, List<int> candidates)
    {
        var least = Best.Least(near, CandidatesPerWitness) - (2 * error);
        var (close, exact) = (new List<int>(2 * CandidatesPerWitness), new List<float>(2 * CandidatesPerWitness));
        for (var i = Best.Next(near, 0, least); i < near.Length; i = Best.Next(near, i + 1, least))
        {
            close.Add(i);
            exact.Add(segment.Items[i].Similarity(query.Embedding));
        }

        var leastExact = Best.Least(CollectionsMarshal.AsSpan(exact), CandidatesPerWitness);
        for (var i = 0; i < close.Count; i++)
        {
            if (exact[i] >= leastExact)
            {
                candidates.Add(close[i]);
            }
        }
    }

    private static void AddMeant(int[] meant, ReadOnlySpan<float> words, ReadOnlySpan<float> near, List<int> candidates)
    {
        var pooled = ArrayPool<float>.Shared.Rent(meant.Length);
        var scores = pooled.AsSpan(0, meant.Length);
        for (var i = 0; i < meant.Length; i++)
        {
            scores[i] = words[meant[i]] + near[meant[i]];
        }

        var least = Math.Max(0, Best.Least(scores, CandidatesPerIntent)); // Those that are gone have less.
        for (int i = Best.Next(scores, 0, least), taken = 0; i < meant.Length && taken < CandidatesPerIntent; i = Best.Next(scores, i + 1, least), taken++)
        {
            candidates.Add(meant[i]);
        }

        ArrayPool<float>.Shared.Return(pooled);
    }

    /// <returns>How far a cosine may be off.</returns>
    private static float ScoreMeaning(RetrievalQuery query, IndexSegment segment, Span<float> ofItems)
    {
        ofItems.Clear();
        if (query.Quantized is not { } quantized || quantized.Dimensions != segment.Vectors.Dimensions)
        {
            return 0;
        }

        var scores = ArrayPool<float>.Shared.Rent(segment.Phrasings);
        segment.Vectors.Score(quantized, scores);
        Best.OfGroups(scores, segment.FirstPhrasing, ofItems);
        ArrayPool<float>.Shared.Return(scores);
        return segment.Vectors.ErrorWith(quantized);
    }

    private void ScoreWords(Worth worth, IndexSegment segment, Span<float> ofItems)
    {
        var ofTexts = ArrayPool<float>.Shared.Rent(segment.Texts);
        segment.ScoreTexts(worth.Terms, _shares, ofTexts.AsSpan(0, segment.Texts));
        var perWhole = worth.Whole > 0 ? 1 / worth.Whole : 0;
        Best.OfGroups(ofTexts, segment.FirstPhrasing, ofItems);
        var answers = ofTexts.AsSpan(segment.Phrasings, ofItems.Length);
        for (var i = 0; i < ofItems.Length; i++)
        {
            ofItems[i] = float.MinNative(1, float.MaxNative(ofItems[i], answers[i] * AnswerWeight) * perWhole);
        }

        ArrayPool<float>.Shared.Return(ofTexts);
    }

    /// <summary>How telling each term of the question is here, and what the question would score against itself.</summary>
    private Worth Weigh(RetrievalQuery query)
    {
        var terms = new List<(ulong Term, float Weight)>(query.Terms.Length);
        var whole = 0f;
        Terms.ForEachDistinct(query.Terms, (term, count) =>
        {
            var telling = Telling(term);
            whole += telling * _shares.All[TermShares.PlaceOf(count, query.Terms.Length)];
            terms.Add((term, telling));
        });
        foreach (var swap in query.Synonyms)
        {
            var (asked, meant) = (swap.Asked.Sum(Telling), swap.Meant.Sum(Telling));
            if (meant > 0)
            {
                terms.AddRange(swap.Meant.Select(term => (term, Telling(term) * SynonymTrust * asked / meant)));
            }
        }

        return new(terms, whole);
    }

    private float Telling(ulong term)
    {
        var texts = _main.TextsWith(term) + _recent.TextsWith(term) - _goneTerms.GetValueOrDefault(term);
        return MathF.Log(1 + ((_texts - texts + 0.5f) / (texts + 0.5f)));
    }

    private long Forget(IndexedItem item)
    {
        var phrasingTerms = 0L;
        for (var text = 0; text < item.Texts; text++)
        {
            var terms = item.TermsOf(text);
            phrasingTerms += text < item.Phrasings.Length ? terms.Length : 0;
            Terms.ForEachDistinct(terms, (term, _) => _goneTerms[term] = _goneTerms.GetValueOrDefault(term) + 1);
        }

        _perIntent[item.Content.Intent?.Value ?? ""]--;
        return phrasingTerms;
    }

    private bool IsGone(int item) => _gone.Length > 0 && _gone[item];

    private ItemIntent IntentOf(IndexedItem item) => item.Content.Intent switch
    {
        null => ItemIntent.None,
        { Value: var intent } => _perIntent[intent] == 1 ? ItemIntent.Only : ItemIntent.OneOfSeveral,
    };

    private readonly record struct Worth(List<(ulong Term, float Weight)> Terms, float Whole);
}
