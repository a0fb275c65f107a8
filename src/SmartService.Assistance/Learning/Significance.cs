namespace SmartService.Assistance.Learning;

/// <summary>Whether one model is better than another on the same questions, or only luckier.</summary>
/// <remarks>
/// McNemar's exact test, one-sided: McNemar, <i>Note on the sampling error of the difference between correlated proportions</i>
/// (1947). Questions that both read right, or both wrong, tell nothing; of the others, a model no better mends half.
/// </remarks>
internal static class Significance
{
    /// <summary>Probability that at least <paramref name="mended"/> of all changed questions are mended by luck; 1 when nothing changed.</summary>
    public static double Chance(int mended, int broken)
    {
        var changed = mended + broken;
        var chance = 0.0;
        var logChoices = 0.0; // log of "changed over k", for k = changed downwards
        for (var k = changed; k >= mended; k--)
        {
            chance += Math.Exp(logChoices - (changed * Math.Log(2)));
            logChoices += Math.Log(k) - Math.Log(changed - k + 1);
        }

        return Math.Min(1, chance);
    }
}
