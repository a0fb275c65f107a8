namespace SmartService.Intent.Prediction.Sequences;

/// <summary>Follows the training sessions that share the most, and the rarest, of the pages visited last.</summary>
/// <remarks>Session-based nearest neighbours: Jannach and Ludewig, <i>When Recurrent Neural Networks meet the Neighborhood</i> (RecSys 2017).</remarks>
internal sealed class NeighbourPages : IPageModel
{
    private const int Remembered = 10;
    private const int Followed = 4;
    private const float LastPage = 1.5f;
    private const float Fading = 0.85f;
    private const float Further = 0.3f;
    private readonly int[][] _sessions;
    private readonly StepHabits _habits;
    private readonly List<int>[] _with;

    public NeighbourPages(int[][] sessions, int pages, StepHabits habits)
    {
        _sessions = [.. sessions.Where(session => session.Length > 1)];
        _habits = habits;
        _with = [.. Enumerable.Range(0, pages).Select(_ => new List<int>())];
        for (var i = 0; i < _sessions.Length; i++)
        {
            foreach (var page in _sessions[i].Distinct())
            {
                _with[page].Add(i);
            }
        }
    }

    public void Score(ReadOnlySpan<int> visited, Span<float> scores)
    {
        scores.Clear();
        var likeness = new Dictionary<int, float>();
        for (var back = 1; back <= Math.Min(Remembered, visited.Length); back++)
        {
            var sharing = _with[visited[^back]];
            var weight = MathF.Log(_sessions.Length / (sharing.Count + 1f)) * (back == 1 ? LastPage : MathF.Pow(Fading, back - 1));
            foreach (var session in sharing)
            {
                likeness[session] = likeness.GetValueOrDefault(session) + weight;
            }
        }

        foreach (var (session, like) in likeness)
        {
            Follow(_sessions[session], visited[^1], like * like * like, scores);
        }

        _habits.RuleOut(visited, scores, 0);
        var sum = 1e-9f;
        foreach (var score in scores)
        {
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    /// <summary>The pages of a session that come after the last page, or after where it would stand; the nearest counts most.</summary>
    private void Follow(int[] session, int last, float likeness, Span<float> scores)
    {
        var start = Array.IndexOf(session, last) + 1;
        if (_habits.OnlyUp && start == 0)
        {
            start = ~Array.BinarySearch(session, last);
        }

        var share = likeness / MathF.Sqrt(session.Length);
        for (var i = start; i < Math.Min(session.Length, start + Followed); i++)
        {
            scores[session[i]] += share;
            share *= Further;
        }
    }
}
