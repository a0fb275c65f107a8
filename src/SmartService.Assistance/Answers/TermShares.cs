namespace SmartService.Assistance.Answers;

/// <summary>BM25's share of a term's worth that a text has, by how often the term is in it and how long it is. Immutable.</summary>
/// <remarks>Divided out once for each pair of the two, so that a posting costs a look-up. What is longer or more often than counted is taken as the most counted.</remarks>
internal sealed class TermShares
{
    private const float Saturation = 1.2f; // k1
    private const float LengthWeight = 0.5f; // b: variants differ in length for no reason of relevance
    private const int MostTimes = 8;
    private const int Lengths = 1_024;

    private readonly float[] _all = new float[MostTimes * Lengths];

    public TermShares(float meanLength)
    {
        for (var i = 0; i < _all.Length; i++)
        {
            var (times, length) = ((i / Lengths) + 1, i % Lengths);
            _all[i] = (Saturation + 1) * times / (times + (Saturation * (1 - LengthWeight + (LengthWeight * length / meanLength))));
        }
    }

    public ReadOnlySpan<float> All => _all;

    /// <param name="times">At least 1.</param>
    /// <param name="length">Terms of the text.</param>
    /// <returns>Where in <see cref="All"/> the share is, whatever the mean length.</returns>
    public static ushort PlaceOf(int times, int length) => (ushort)(((Math.Min(times, MostTimes) - 1) * Lengths) + Math.Min(length, Lengths - 1));
}
