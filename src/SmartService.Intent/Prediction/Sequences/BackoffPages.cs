namespace SmartService.Intent.Prediction.Sequences;

/// <summary>A Markov chain of variable order: what followed the last three pages, backed off to two, one and none.</summary>
/// <remarks>Absolute discounting with interpolation: Ney, Essen, Kneser, <i>On structuring probabilistic dependences</i> (1994); the
/// added count of longer contexts is Witten and Bell's idea (1991): trust a context by how often it was seen.</remarks>
internal sealed class BackoffPages : IPageModel
{
    private const int Orders = 3;
    private const float ShortDiscount = 0.6f;
    private const float LongDiscount = 0.8f;
    private const float LongDoubt = 1.5f;
    private readonly PageContexts _contexts;
    private readonly StepHabits _habits;
    private readonly float[] _popular;

    public BackoffPages(int[][] sessions, int pages, StepHabits habits)
    {
        _contexts = new(sessions, pages, Orders);
        _habits = habits;
        _popular = new float[pages];
        foreach (var session in sessions)
        {
            for (var t = 0; t < session.Length; t++)
            {
                // First pages are not steps; they only say a little of what there is.
                _popular[session[t]] += t > 0 ? 1 : 0.1f;
            }
        }
    }

    /// <summary>How often the last two pages were seen in a row: how far the longer contexts may be trusted.</summary>
    public int Support(ReadOnlySpan<int> visited) => visited.Length < 2 ? 0 : _contexts.Find(visited, 2)?.Total ?? 0;

    public void Score(ReadOnlySpan<int> visited, Span<float> scores)
    {
        Begin(visited, scores);
        for (var order = 1; order <= Math.Min(Orders, visited.Length); order++)
        {
            if (_contexts.Find(visited, order) is not { } context)
            {
                return;
            }

            var discount = order == 1 ? ShortDiscount : LongDiscount;
            var doubt = order == 1 ? 0 : LongDoubt;
            var total = context.Total + doubt;
            var left = ((discount * context.Next.Count) + doubt) / total;
            foreach (ref var score in scores)
            {
                score *= left;
            }

            foreach (var (page, count) in context.Next)
            {
                scores[page] += (count - discount) / total;
            }
        }
    }

    private void Begin(ReadOnlySpan<int> visited, Span<float> scores)
    {
        _popular.CopyTo(scores);
        _habits.RuleOut(visited, scores, 0);
        var sum = 0f;
        foreach (ref var score in scores)
        {
            score += 1e-4f;
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }
}
