using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Draws by weight.</summary>
internal static class Choice
{
    public static TKey Of<TKey>(IReadOnlyDictionary<TKey, double> weights, SeededRandom random)
    {
        var pick = random.NextDouble() * weights.Values.Sum();
        foreach (var (name, weight) in weights)
        {
            pick -= weight;
            if (pick < 0)
            {
                return name;
            }
        }

        return weights.Keys.Last();
    }

    /// <summary>Knuth's method; means are small.</summary>
    public static int Poisson(double mean, SeededRandom random)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
