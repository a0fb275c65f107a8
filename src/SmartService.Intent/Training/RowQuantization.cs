namespace SmartService.Intent.Training;

/// <summary>Eight or four bits a number and one half-precision scale a row.</summary>
internal static class RowQuantization
{
    /// <summary>Largest stored number: 127 for eight bits, 7 for four.</summary>
    public static int LimitOf(int bits) => (1 << (bits - 1)) - 1;

    /// <summary>Scale that keeps the largest number of the row within the limit.</summary>
    public static Half ScaleOf(ReadOnlySpan<float> row, int bits)
    {
        var top = 0f;
        foreach (var value in row)
        {
            top = MathF.Max(top, MathF.Abs(value));
        }

        return (Half)(top / LimitOf(bits));
    }

    public static int Quantize(float value, Half scale, int bits) =>
        (float)scale == 0 ? 0 : Math.Clamp((int)MathF.Round(value / (float)scale), -LimitOf(bits), LimitOf(bits));

    /// <summary>Replaces each number by what its stored form means.</summary>
    public static void Round(Span<float> row, int bits)
    {
        var scale = ScaleOf(row, bits);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Quantize(row[i], scale, bits) * (float)scale;
        }
    }
}
