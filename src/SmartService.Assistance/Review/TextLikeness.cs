using SmartService.Assistance.Answers;

namespace SmartService.Assistance.Review;

/// <summary>How far two questions ask the same: meaning and words together.</summary>
internal static class TextLikeness
{
    /// <summary>Share of terms two texts have in common (Dice's coefficient), in [0, 1].</summary>
    public static double Words(HashSet<ulong> one, HashSet<ulong> other)
    {
        if (one.Count + other.Count == 0)
        {
            return 0;
        }

        var (small, large) = one.Count <= other.Count ? (one, other) : (other, one);
        var common = 0;
        foreach (var term in small)
        {
            common += large.Contains(term) ? 1 : 0;
        }

        return 2.0 * common / (one.Count + other.Count);
    }

    public static double Meaning(float[] one, float[] other) =>
        one.Length > 0 && one.Length == other.Length ? Math.Max(0, Vectors.Dot(one, other)) : 0;
}
