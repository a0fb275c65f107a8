namespace SmartService.Intent.Features;

/// <summary>The buckets a model knows, their rows and their inverse document frequencies.</summary>
/// <remarks>
/// One byte a bucket: 0 unknown, else the IDF in steps of <see cref="IdfStep"/>. Rows are numbered in the order of the buckets,
/// so that the byte table alone restores everything. Weights are sublinear TF times IDF: Manning, Raghavan, Schütze,
/// <i>Introduction to Information Retrieval</i> (2008), section 6.4.
/// </remarks>
public sealed class Vocabulary
{
    public const float IdfStep = 0.05f;
    private readonly byte[] _idf;
    private const int IdfBits = 8;
    /// <summary>A bucket's row, plus one, and its IDF in one number, so that a look-up touches memory once; 0 is unknown.</summary>
    private readonly int[] _entry;
    private readonly float _unknownIdf;

    public Vocabulary(FeatureSettings settings, byte[] idf)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(idf.Length, settings.Buckets);
        Settings = settings;
        _idf = idf;
        _entry = new int[idf.Length];
        var top = 0;
        for (var bucket = 0; bucket < idf.Length; bucket++)
        {
            _entry[bucket] = idf[bucket] == 0 ? 0 : (++Rows << IdfBits) | idf[bucket];
            top = Math.Max(top, idf[bucket]);
        }

        // An unknown feature is at least as rare as the rarest known one: text full of them comes out weak, which is what
        // tells that it is out of scope.
        _unknownIdf = top * IdfStep;
    }

    public FeatureSettings Settings { get; }

    /// <summary>Known buckets.</summary>
    public int Rows { get; private set; }

    public ReadOnlySpan<byte> Idf => _idf;

    /// <summary>Learns which buckets occur in at least <paramref name="minimumTexts"/> texts, and how rare they are.</summary>
    /// <param name="rarity">How much rarity counts, 0 to 1: the exponent of the inverse document frequency.</param>
    public static Vocabulary Learn(FeatureSettings settings, IEnumerable<string> texts, int minimumTexts, float rarity = 1)
    {
        var seen = new int[settings.Buckets];
        var extraction = new FeatureExtraction(settings);
        var count = 0;
        var stamp = new int[settings.Buckets];
        foreach (var text in texts)
        {
            count++;
            extraction.Extract(text);
            foreach (var bucket in extraction.Buckets)
            {
                if (stamp[bucket] != count)
                {
                    stamp[bucket] = count;
                    seen[bucket]++;
                }
            }
        }

        var idf = new byte[settings.Buckets];
        for (var bucket = 0; bucket < idf.Length; bucket++)
        {
            if (seen[bucket] >= minimumTexts)
            {
                var value = Math.Pow(Math.Log((1.0 + count) / (1.0 + seen[bucket])) + 1, rarity);
                idf[bucket] = (byte)Math.Clamp((int)Math.Round(value / IdfStep), 1, byte.MaxValue);
            }
        }

        return new(settings, idf);
    }

    /// <summary>Weights what <paramref name="extraction"/> found last.</summary>
    /// <param name="rows">Filled with row numbers of known features.</param>
    /// <param name="weights">Filled beside <paramref name="rows"/>; each group has length 1 before unknown features are dropped.</param>
    /// <returns>Features written, at most the smaller length of both.</returns>
    public int Weigh(FeatureExtraction extraction, Span<int> rows, Span<float> weights)
    {
        var buckets = extraction.Buckets;
        var counts = extraction.Counts;
        var written = 0;
        var start = 0;
        foreach (var end in extraction.GroupEnds)
        {
            var squares = 0f;
            var first = written;
            for (var i = start; i < end; i++)
            {
                var entry = _entry[buckets[i]];
                var weight = entry != 0 ? (byte)entry * IdfStep : _unknownIdf;
                if (counts[i] > 1)
                {
                    weight *= 1f + MathF.Log(counts[i]);
                }

                squares += weight * weight;
                if (entry != 0 && written < rows.Length)
                {
                    rows[written] = (entry >> IdfBits) - 1;
                    weights[written++] = weight;
                }
            }

            var scale = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
            for (var i = first; i < written; i++)
            {
                weights[i] *= scale;
            }

            start = end;
        }

        return written;
    }
}
