namespace SmartService.Intent.Prediction.Sequences;

/// <summary>Reference: how often each page followed the last one; the most visited pages where that is not known.</summary>
internal sealed class FirstOrderPages : IPageModel
{
    private readonly float[] _popular;
    private readonly Dictionary<int, float>[] _next;

    public FirstOrderPages(int[][] sessions, int pages)
    {
        _popular = new float[pages];
        _next = [.. Enumerable.Range(0, pages).Select(_ => new Dictionary<int, float>())];
        foreach (var session in sessions)
        {
            for (var t = 0; t < session.Length; t++)
            {
                // Far too small to outvote one step that was seen.
                _popular[session[t]] += 1e-6f;
                if (t > 0)
                {
                    var next = _next[session[t - 1]];
                    next[session[t]] = next.GetValueOrDefault(session[t]) + 1;
                }
            }
        }
    }

    public void Score(ReadOnlySpan<int> visited, Span<float> scores)
    {
        _popular.CopyTo(scores);
        foreach (var (page, count) in _next[visited[^1]])
        {
            scores[page] += count;
        }
    }
}
