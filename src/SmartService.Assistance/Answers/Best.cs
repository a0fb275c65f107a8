using System.Numerics;

namespace SmartService.Assistance.Answers;

/// <summary>The best of many scores without sorting them.</summary>
internal static class Best
{
    private const int MostOnStack = 256;

    /// <summary>The least score among the <paramref name="count"/> best; all of the best score at least that.</summary>
    /// <returns>Minus infinity when there are fewer.</returns>
    public static float Least(ReadOnlySpan<float> scores, int count)
    {
        if (scores.Length < count)
        {
            return float.NegativeInfinity;
        }

        var heap = count <= MostOnStack ? stackalloc float[count] : new float[count];
        scores[..count].CopyTo(heap);
        heap.Sort(); // Sorted, it is a heap with the least on top.
        for (var at = Next(scores, count, Above(heap[0])); at < scores.Length; at = Next(scores, at + 1, Above(heap[0])))
        {
            ReplaceLeast(heap, scores[at]);
        }

        return heap[0];
    }

    /// <summary>Where the next score of at least so much is; the length when there is none. Few are, so many are looked at at once.</summary>
    public static int Next(ReadOnlySpan<float> scores, int at, float least)
    {
        var bar = new Vector<float>(least);
        while (at + Vector<float>.Count <= scores.Length && !Vector.GreaterThanOrEqualAny(new(scores[at..]), bar))
        {
            at += Vector<float>.Count;
        }

        while (at < scores.Length && !(scores[at] >= least))
        {
            at++;
        }

        return at;
    }

    /// <summary>The best score of each group, never under 0.</summary>
    /// <param name="firsts">Where each group begins, and where the last one ends.</param>
    public static void OfGroups(ReadOnlySpan<float> scores, ReadOnlySpan<int> firsts, Span<float> best)
    {
        var at = 0;
        for (var group = 0; group < best.Length; group++)
        {
            var most = 0f;
            for (var end = firsts[group + 1]; at < end; at++)
            {
                most = float.MaxNative(most, scores[at]);
            }

            best[group] = most;
        }
    }

    private static float Above(float score) => MathF.BitIncrement(score);

    private static void ReplaceLeast(Span<float> heap, float score)
    {
        var at = 0;
        for (var child = 1; child < heap.Length; child = (2 * at) + 1)
        {
            child += child + 1 < heap.Length && heap[child + 1] < heap[child] ? 1 : 0;
            if (heap[child] >= score)
            {
                break;
            }

            heap[at] = heap[child];
            at = child;
        }

        heap[at] = score;
    }
}
