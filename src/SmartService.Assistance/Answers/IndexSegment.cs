using System.Runtime.InteropServices;

namespace SmartService.Assistance.Answers;

/// <summary>A fixed set of items of one language with postings of their words and bytes of their embeddings. Immutable.</summary>
internal sealed class IndexSegment
{
    private const int TextsAtOnce = 4_096;
    private readonly Dictionary<ulong, (int From, int Count)> _postings;
    private readonly int[] _postingTexts;
    private readonly ushort[] _postingShares;
    private readonly Dictionary<string, int[]> _byIntent;
    private readonly Dictionary<string, int> _byId;

    public IndexSegment(IEnumerable<IndexedItem> items)
    {
        Items = [.. items.OrderBy(item => item.Id.Value, StringComparer.Ordinal)];
        FirstPhrasing = new int[Items.Length + 1];
        _byId = new(Items.Length, StringComparer.Ordinal);
        for (var i = 0; i < Items.Length; i++)
        {
            FirstPhrasing[i + 1] = FirstPhrasing[i] + Items[i].Phrasings.Length;
            _byId.Add(Items[i].Id.Value, i);
        }

        _byIntent = Items.Select((item, i) => (Intent: item.Content.Intent?.Value ?? "", i)).GroupBy(pair => pair.Intent)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.i).ToArray(), StringComparer.Ordinal);
        (_postings, _postingTexts, _postingShares, PhrasingTerms) = Invert();
        var dimensions = Items.Length == 0 || Items.Any(item => item.Vectors.Length == 0) ? 0 : Items[0].Dimensions;
        Vectors = new(dimensions, dimensions == 0 ? [] : [.. Items.Select(item => item.Vectors)]);
    }

    public static IndexSegment Empty { get; } = new([]);

    /// <summary>By id.</summary>
    public IndexedItem[] Items { get; }

    /// <summary>Where each item's phrasings begin, and where the last one's end.</summary>
    public int[] FirstPhrasing { get; }

    public int Phrasings => FirstPhrasing[^1];

    /// <summary>First all phrasings, then the answer of each item.</summary>
    public int Texts => Phrasings + Items.Length;

    /// <summary>Terms of all phrasings together; what the mean length is made of.</summary>
    public long PhrasingTerms { get; }

    /// <summary>Empty when an item has no embedding.</summary>
    public QuantizedVectors Vectors { get; }

    /// <summary>About what this holds beside the items themselves.</summary>
    public long Bytes => Vectors.Bytes + (_postingTexts.LongLength * 6) + (_postings.Count * 32L) + (Items.LongLength * 60);

    public int Find(string id) => _byId.GetValueOrDefault(id, -1);

    public int[] For(string intent) => _byIntent.GetValueOrDefault(intent) ?? [];

    public IEnumerable<(string Intent, int Count)> Intents => _byIntent.Select(pair => (pair.Key, pair.Value.Length));

    public int TextsWith(ulong term) => _postings.GetValueOrDefault(term).Count;

    /// <summary>Scores every text by the terms it has (BM25; see <see cref="LanguageIndex"/>).</summary>
    /// <param name="terms">With their worth; none twice unless it counts twice.</param>
    /// <param name="scores">Filled: length <see cref="Texts"/>.</param>
    public void ScoreTexts(List<(ulong Term, float Worth)> terms, TermShares shares, Span<float> scores)
    {
        scores.Clear();
        var next = new (int At, int End, float Worth)[terms.Count];
        for (var i = 0; i < next.Length; i++)
        {
            var (from, count) = _postings.GetValueOrDefault(terms[i].Term);
            next[i] = (from, from + count, terms[i].Worth);
        }

        // All terms of some texts before the next texts: their scores then stay in the nearest cache.
        for (var end = TextsAtOnce; end < scores.Length + TextsAtOnce; end += TextsAtOnce)
        {
            foreach (ref var term in next.AsSpan())
            {
                term.At = Add(scores, term.At, term.End, end, term.Worth, shares.All);
            }
        }
    }

    /// <returns>The first posting of a text from <paramref name="untilText"/> on.</returns>
    private int Add(Span<float> scores, int from, int to, int untilText, float worth, ReadOnlySpan<float> shares)
    {
        var texts = _postingTexts.AsSpan(from, to - from);
        var places = _postingShares.AsSpan(from, texts.Length);
        var i = 0;
        for (; i < texts.Length && texts[i] < untilText; i++)
        {
            scores[texts[i]] += worth * shares[places[i]];
        }

        return from + i;
    }

    private (Dictionary<ulong, (int From, int Count)> Postings, int[] Texts, ushort[] Shares, long PhrasingTerms) Invert()
    {
        var lists = new Dictionary<ulong, List<(int Text, ushort Share)>>();
        var phrasingTerms = 0L;
        for (var i = 0; i < Items.Length; i++)
        {
            for (var text = 0; text < Items[i].Texts; text++)
            {
                var terms = Items[i].TermsOf(text);
                var isAnswer = text == Items[i].Phrasings.Length;
                var at = isAnswer ? Phrasings + i : FirstPhrasing[i] + text;
                phrasingTerms += isAnswer ? 0 : terms.Length;
                Terms.ForEachDistinct(terms, (term, count) =>
                {
                    ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, term, out _);
                    (list ??= []).Add((at, TermShares.PlaceOf(count, terms.Length)));
                });
            }
        }

        var total = lists.Values.Sum(list => list.Count);
        var (texts, shares) = (new int[total], new ushort[total]);
        var postings = new Dictionary<ulong, (int From, int Count)>(lists.Count);
        var next = 0;
        foreach (var (term, list) in lists)
        {
            postings.Add(term, (next, list.Count));
            foreach (var posting in list)
            {
                (texts[next], shares[next++]) = posting;
            }

            texts.AsSpan(next - list.Count, list.Count).Sort(shares.AsSpan(next - list.Count, list.Count));
        }

        return (postings, texts, shares, phrasingTerms);
    }
}
