namespace SmartService.Intent.Prediction.Sequences;

/// <summary>
/// Reference: a fixed mixture of Markov chains of orders 1 to 3 and of pages seen in the same session, as the mixture that the
/// published figure is of; weights chosen on validation sessions of one seed.
/// </summary>
internal sealed class MixedOrderPages(int[][] sessions, int pages) : IPageModel
{
    private const float ChainShare = 0.3f;
    private const float TogetherShare = 0.3f;
    private readonly PageContexts _contexts = new(sessions, pages, 3);
    private readonly float[] _together = Together(sessions, pages);

    public void Score(ReadOnlySpan<int> visited, Span<float> scores)
    {
        scores.Clear();
        var orders = Math.Min(3, visited.Length);
        for (var order = 1; order <= orders; order++)
        {
            if (_contexts.Find(visited, order) is { } context)
            {
                foreach (var (page, count) in context.Next)
                {
                    scores[page] += ChainShare * order * count / context.Total;
                }
            }
        }

        foreach (var seen in visited)
        {
            var row = _together.AsSpan(seen * pages, pages);
            for (var page = 0; page < pages; page++)
            {
                scores[page] += TogetherShare / visited.Length * row[page];
            }
        }
    }

    private static float[] Together(int[][] sessions, int pages)
    {
        var counts = new float[pages * pages];
        foreach (var session in sessions)
        {
            foreach (var one in session)
            {
                foreach (var other in session)
                {
                    counts[(one * pages) + other] += one == other ? 0 : 1;
                }
            }
        }

        for (var page = 0; page < pages; page++)
        {
            var row = counts.AsSpan(page * pages, pages);
            var sum = 1f;
            foreach (var count in row)
            {
                sum += count;
            }

            foreach (ref var count in row)
            {
                count /= sum;
            }
        }

        return counts;
    }
}
