namespace SmartService.Intent.Prediction.Sequences;

/// <summary>What steps of the training sessions as good as never do. Pages that would need it are ruled out.</summary>
/// <remarks>
/// Some logs, seq_bms among them, list each session's pages once and by ascending number: the "next" page is then the next
/// number of the session's set. Where nearly every step goes up, the models may know it; where not, these rules do nothing.
/// </remarks>
/// <param name="OnlyUp">Pages come by ascending number.</param>
/// <param name="NeverAgain">No page comes twice in a session.</param>
internal sealed record StepHabits(bool OnlyUp, bool NeverAgain)
{
    private const double Rare = 0.001;

    public static StepHabits Of(int[][] sessions)
    {
        int steps = 0, down = 0, again = 0;
        foreach (var session in sessions)
        {
            for (var t = 1; t < session.Length; t++)
            {
                steps++;
                down += session[t] < session[t - 1] ? 1 : 0;
                again += session.AsSpan(0, t).Contains(session[t]) ? 1 : 0;
            }
        }

        return new(down < steps * Rare, again < steps * Rare);
    }

    /// <summary>Sets the scores of ruled-out pages to <paramref name="never"/>.</summary>
    public void RuleOut(ReadOnlySpan<int> visited, Span<float> scores, float never)
    {
        if (OnlyUp)
        {
            scores[..visited[^1]].Fill(never);
        }

        if (NeverAgain)
        {
            foreach (var page in visited)
            {
                scores[page] = never;
            }
        }
    }
}
