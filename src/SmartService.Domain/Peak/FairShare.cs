namespace SmartService.Domain.Peak;

/// <summary>Divides what can be served between merchants so that whoever asks for less than the share of all gets it whole.</summary>
/// <remarks>Max-min fairness by water-filling: Bertsekas and Gallager, <i>Data Networks</i> (1992), section 6.5.2.</remarks>
public static class FairShare
{
    /// <summary>What one unit of weight may get: the level at which the demands, cut there, add up to the capacity.</summary>
    /// <param name="demands">Each merchant's demand and weight (over 0), in any order.</param>
    /// <returns>Infinity when there is enough for all.</returns>
    public static double Level(IEnumerable<(double Demand, double Weight)> demands, double capacity)
    {
        var ordered = demands.Where(d => d.Demand > 0).OrderBy(d => d.Demand / d.Weight).ToArray();
        var left = Math.Max(0, capacity);
        if (ordered.Sum(d => d.Demand) <= left)
        {
            return double.PositiveInfinity;
        }

        var weight = ordered.Sum(d => d.Weight);
        foreach (var (demand, own) in ordered)
        {
            var level = left / weight;
            if (demand / own > level)
            {
                return level;
            }

            left = Math.Max(0, left - demand);
            weight -= own;
        }

        // Only rounding leads here: the demands are above the capacity by less than their quotients can tell.
        return ordered[^1].Demand / ordered[^1].Weight;
    }
}
