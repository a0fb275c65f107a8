namespace SmartService.Assistance.Answers;

/// <summary>A question's embedding in whole numbers.</summary>
internal sealed class QuantizedQuery
{
    private QuantizedQuery(short[] codes, int dimensions, float scale, float error) => (Codes, Dimensions, Scale, Error) = (codes, dimensions, scale, error);

    /// <summary>Filled up with zeros to whole steps of <see cref="QuantizedVectors"/>.</summary>
    public short[] Codes { get; }

    public int Dimensions { get; }

    public float Scale { get; }

    public float Error { get; }

    public static QuantizedQuery Of(ReadOnlySpan<float> embedding)
    {
        var codes = new short[QuantizedVectors.Padded(embedding.Length)];

        // As fine as it may be without a sum of products that leaves 32 bits.
        var levels = Math.Min(short.MaxValue, int.MaxValue / (sbyte.MaxValue * Math.Max(1, codes.Length)));
        var (scale, error) = QuantizedVectors.Round(embedding, levels, codes);
        return new(codes, embedding.Length, scale, error);
    }
}
