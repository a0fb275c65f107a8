namespace SmartService.Intent.Prediction;

/// <summary>How often offers above a probability are right: chooses a threshold for a wanted precision.</summary>
/// <param name="Points">By falling threshold; precision and coverage of all offers at or above it.</param>
internal sealed record PrecisionCurve(IReadOnlyList<PrecisionPoint> Points)
{
    private const int Fewest = 20;

    public static PrecisionCurve From(IReadOnlyList<float> probabilities, IReadOnlyList<bool> right)
    {
        var order = Enumerable.Range(0, probabilities.Count).OrderByDescending(i => probabilities[i]).ToArray();
        var points = new List<PrecisionPoint>();
        var hits = 0;
        for (var i = 0; i < order.Length; i++)
        {
            hits += right[order[i]] ? 1 : 0;
            var last = i + 1 == order.Length || probabilities[order[i + 1]] != probabilities[order[i]];
            if (last && i + 1 >= Fewest)
            {
                points.Add(new(probabilities[order[i]], hits / (i + 1.0), (i + 1.0) / order.Length));
            }
        }

        return new(points);
    }

    /// <summary>Largest share of shoppers that can be offered help at this precision or better; 0 when none can.</summary>
    public double CoverageFor(double precision) => Best(precision)?.Coverage ?? 0;

    /// <summary>The lowest threshold that still gives the precision; 1 when none does.</summary>
    public double ThresholdFor(double precision) => Best(precision)?.Threshold ?? 1;

    /// <summary>About as many points, at rising precision from one half: small enough for a model's metadata.</summary>
    public PrecisionCurve Thinned() => new(
        [.. Enumerable.Range(0, 50).Select(i => 0.5 + (i / 100.0)).Select(Best).OfType<PrecisionPoint>().Distinct().OrderByDescending(p => p.Threshold)]);

    private PrecisionPoint? Best(double precision) => Points.LastOrDefault(point => point.Precision >= precision);
}

/// <param name="Threshold">Probability from which help is offered.</param>
/// <param name="Precision">Share of those offers that were right.</param>
/// <param name="Coverage">Share of shoppers they went to.</param>
internal sealed record PrecisionPoint(double Threshold, double Precision, double Coverage);
