namespace SmartService.Intent.Training;

/// <summary>Eight bits a number and one half-precision scale a row.</summary>
internal static class RowQuantization
{
    /// <summary>Scale that keeps the largest number of the row within ±127.</summary>
    public static Half ScaleOf(ReadOnlySpan<float> row)
    {
        var top = 0f;
        foreach (var value in row)
        {
            top = MathF.Max(top, MathF.Abs(value));
        }

        return (Half)(top / 127);
    }

    public static sbyte Quantize(float value, Half scale) =>
        (float)scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(value / (float)scale), -127, 127);

    /// <summary>Replaces each number by what its stored form means. Rounding twice changes nothing more than rounding once.</summary>
    public static void Round(Span<float> row)
    {
        var scale = ScaleOf(row);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Quantize(row[i], scale) * (float)scale;
        }
    }
}
