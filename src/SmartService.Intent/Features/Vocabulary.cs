using System.Numerics;
using System.Runtime.Intrinsics;

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
    private const int WordBits = 6;
    private static readonly float[] Sublinear = [.. Enumerable.Range(0, 64).Select(SublinearOf)];
    private readonly byte[] _idf;
    /// <summary>Which buckets are known, 64 a word, and how many are before each word: a bucket's row is how many known ones come before it.</summary>
    private readonly (ulong Known, int Before)[] _words;
    /// <summary>
    /// IDF of each row, and in the last place that of unknown features: as of the rarest known one, so that text full of them comes out
    /// weak, which is what tells that it is out of scope. With <see cref="_words"/> a tenth of what a table of all buckets takes: caches hold it.
    /// </summary>
    private readonly float[] _rowIdf;

    public Vocabulary(FeatureSettings settings, byte[] idf)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(idf.Length, settings.Buckets);
        Settings = settings;
        _idf = idf;
        _words = new (ulong, int)[idf.Length >> WordBits];
        var rows = new List<float>();
        for (var bucket = 0; bucket < idf.Length; bucket++)
        {
            ref var word = ref _words[bucket >> WordBits];
            word.Before = bucket % (1 << WordBits) == 0 ? rows.Count : word.Before;
            if (idf[bucket] != 0)
            {
                word.Known |= 1UL << bucket;
                rows.Add(idf[bucket] * IdfStep);
            }
        }

        Rows = rows.Count;
        _rowIdf = [.. rows, rows.Count == 0 ? 0 : rows.Max()];
    }

    public FeatureSettings Settings { get; }

    /// <summary>Known buckets.</summary>
    public int Rows { get; }

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

    /// <returns>The row of a bucket, or -1.</returns>
    internal int RowOf(int bucket)
    {
        var (known, before) = _words[bucket >> WordBits];
        return ((known >> bucket) & 1) == 0 ? -1 : before + BitOperations.PopCount(known & ((1UL << bucket) - 1));
    }

    /// <summary>Weights what <paramref name="extraction"/> found last.</summary>
    /// <param name="rows">Filled with row numbers of known features.</param>
    /// <param name="weights">Filled beside <paramref name="rows"/>; each group has length 1 before unknown features are dropped.</param>
    /// <returns>Features written, at most the smaller length of both.</returns>
    public int Weigh(FeatureExtraction extraction, Span<int> rows, Span<float> weights) => Weigh(extraction, rows, weights, default);

    /// <param name="ahead">Told of each row on the way.</param>
    internal int Weigh(FeatureExtraction extraction, Span<int> rows, Span<float> weights, RowsAhead ahead)
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
                // Nothing here branches on what was looked up: many look-ups are then under way at a time.
                var bucket = buckets[i];
                var (known, before) = _words[bucket >> WordBits];
                var isKnown = (int)(known >> bucket) & 1;
                var row = before + BitOperations.PopCount(known & ((1UL << bucket) - 1));
                ahead.Fetch(row);
                var weight = _rowIdf[isKnown != 0 ? row : Rows] * SublinearOfCount(counts[i]);
                squares += weight * weight;
                if (written < rows.Length)
                {
                    rows[written] = row;
                    weights[written] = weight;
                    written += isKnown;
                }
            }

            var scale = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
            Scale(weights[first..written], scale);
            start = end;
        }

        if (written < rows.Length)
        {
            (rows[written], weights[written]) = (0, 0); // Where an unknown feature came last.
        }

        return written;
    }

    private static float SublinearOfCount(int count) => (uint)count < (uint)Sublinear.Length ? Sublinear[count] : SublinearOf(count);

    private static float SublinearOf(int count) => count == 0 ? 0 : 1f + MathF.Log(count);

    private static void Scale(Span<float> weights, float scale)
    {
        var i = 0;
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var part = weights.Slice(i, Vector256<float>.Count);
            (Vector256.Create<float>(part) * scale).CopyTo(part);
        }

        for (; i < weights.Length; i++)
        {
            weights[i] *= scale;
        }
    }
}
