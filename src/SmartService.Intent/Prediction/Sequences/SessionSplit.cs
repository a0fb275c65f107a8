using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction.Sequences;

/// <summary>Sessions drawn by seed: a fifth to test on, and a tenth of the others to choose settings on.</summary>
internal sealed record SessionSplit(int[][] Train, int[][] Validation, int[][] Test)
{
    public static SessionSplit Draw(int[][] sessions, ulong seed)
    {
        var shuffled = (int[][])sessions.Clone();
        new SeededRandom(seed).Shuffle(shuffled.AsSpan());
        var test = shuffled.Length * 4 / 5;
        var validation = test * 9 / 10;
        return new(shuffled[..validation], shuffled[validation..test], shuffled[test..]);
    }

    /// <summary>All that may be learned from once the settings are chosen.</summary>
    public int[][] Known => [.. Train, .. Validation];
}
