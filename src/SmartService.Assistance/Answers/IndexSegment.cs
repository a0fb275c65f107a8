using System.Runtime.InteropServices;

namespace SmartService.Assistance.Answers;

/// <summary>A fixed set of items of one language with postings of their words and bytes of their embeddings. Immutable.</summary>
internal sealed class IndexSegment
{
    private readonly Dictionary<ulong, (int From, int Count)> _postings;
    private readonly int[] _postingTexts;
    private readonly byte[] _postingCounts;
    private readonly Dictionary<string, int[]> _byIntent;
    private readonly Dictionary<string, int> _byId;

    public IndexSegment(IEnumerable<IndexedItem> items)
    {
        Items = [.. items.OrderBy(item => item.Id.Value, StringComparer.Ordinal)];
        FirstText = new int[Items.Length + 1];
        FirstPhrasing = new int[Items.Length + 1];
        _byId = new(Items.Length, StringComparer.Ordinal);
        for (var i = 0; i < Items.Length; i++)
        {
            FirstText[i + 1] = FirstText[i] + Items[i].Texts;
            FirstPhrasing[i + 1] = FirstPhrasing[i] + Items[i].Phrasings.Length;
            _byId.Add(Items[i].Id.Value, i);
        }

        _byIntent = Items.Select((item, i) => (Intent: item.Content.Intent?.Value ?? "", i)).GroupBy(pair => pair.Intent)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.i).ToArray(), StringComparer.Ordinal);
        Lengths = new ushort[FirstText[^1]];
        (_postings, _postingTexts, _postingCounts, PhrasingTerms) = Invert();
        var dimensions = Items.Length == 0 || Items.Any(item => item.Vectors.Length == 0) ? 0 : Items[0].Dimensions;
        Vectors = new(dimensions, dimensions == 0 ? [] : [.. Items.Select(item => item.Vectors)]);
    }

    public static IndexSegment Empty { get; } = new([]);

    /// <summary>By id.</summary>
    public IndexedItem[] Items { get; }

    /// <summary>Where each item's texts begin, and where the last one's end. The last text of an item is its answer.</summary>
    public int[] FirstText { get; }

    /// <summary>Where each item's phrasings begin in <see cref="Vectors"/>.</summary>
    public int[] FirstPhrasing { get; }

    public int Texts => Lengths.Length;

    /// <summary>Terms of each text.</summary>
    public ushort[] Lengths { get; }

    /// <summary>Terms of all phrasings together; what the mean length is made of.</summary>
    public long PhrasingTerms { get; }

    /// <summary>Empty when an item has no embedding.</summary>
    public QuantizedVectors Vectors { get; }

    /// <summary>About what this holds beside the items themselves.</summary>
    public long Bytes => Vectors.Bytes + (_postingTexts.LongLength * 5) + (_postings.Count * 32L) + (Items.LongLength * 60) + (Lengths.LongLength * 2);

    public int Find(string id) => _byId.GetValueOrDefault(id, -1);

    public int[] For(string intent) => _byIntent.GetValueOrDefault(intent) ?? [];

    public IEnumerable<(string Intent, int Count)> Intents => _byIntent.Select(pair => (pair.Key, pair.Value.Length));

    public int TextsWith(ulong term) => _postings.GetValueOrDefault(term).Count;

    /// <summary>Adds a term's worth to every text that has it (BM25; see <see cref="LanguageIndex"/>).</summary>
    /// <param name="worth">Weight of the term × (k1 + 1).</param>
    /// <param name="fixedNorm">k1 (1 - b).</param>
    /// <param name="normPerTerm">k1 b / mean length.</param>
    public void AddTo(Span<float> scores, ulong term, float worth, float fixedNorm, float normPerTerm)
    {
        var (from, count) = _postings.GetValueOrDefault(term);
        var texts = _postingTexts.AsSpan(from, count);
        var counts = _postingCounts.AsSpan(from, count);
        for (var i = 0; i < texts.Length; i++)
        {
            var text = texts[i];
            var times = (float)counts[i];
            scores[text] += worth * times / (times + fixedNorm + (normPerTerm * Lengths[text]));
        }
    }

    private (Dictionary<ulong, (int From, int Count)> Postings, int[] Texts, byte[] Counts, long PhrasingTerms) Invert()
    {
        var lists = new Dictionary<ulong, List<(int Text, byte Count)>>();
        var phrasingTerms = 0L;
        for (var i = 0; i < Items.Length; i++)
        {
            for (var text = 0; text < Items[i].Texts; text++)
            {
                var terms = Items[i].TermsOf(text);
                Lengths[FirstText[i] + text] = (ushort)Math.Min(ushort.MaxValue, terms.Length);
                phrasingTerms += text < Items[i].Phrasings.Length ? terms.Length : 0;
                Terms.ForEachDistinct(terms, (term, count) =>
                {
                    ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, term, out _);
                    (list ??= []).Add((FirstText[i] + text, (byte)Math.Min(byte.MaxValue, count)));
                });
            }
        }

        var total = lists.Values.Sum(list => list.Count);
        var (texts, counts) = (new int[total], new byte[total]);
        var postings = new Dictionary<ulong, (int From, int Count)>(lists.Count);
        var at = 0;
        foreach (var (term, list) in lists)
        {
            postings.Add(term, (at, list.Count));
            foreach (var (text, count) in list)
            {
                (texts[at], counts[at++]) = (text, count);
            }
        }

        return (postings, texts, counts, phrasingTerms);
    }
}
