namespace SmartService.Assistance.Answers;

/// <summary>The best of many scores without sorting them.</summary>
internal static class Best
{
    /// <summary>The least score among the <paramref name="count"/> best; all of the best score at least that.</summary>
    public static float Least(ReadOnlySpan<float> scores, int count)
    {
        if (scores.Length < count)
        {
            return float.NegativeInfinity;
        }

        var best = new PriorityQueue<float, float>(count);
        foreach (var score in scores)
        {
            if (best.Count < count)
            {
                best.Enqueue(score, score);
            }
            else if (score > best.Peek())
            {
                best.DequeueEnqueue(score, score);
            }
        }

        return best.Peek();
    }
}
