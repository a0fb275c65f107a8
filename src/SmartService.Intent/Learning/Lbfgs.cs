using SmartService.Intent.Training;

namespace SmartService.Intent.Learning;

/// <summary>Minimises a smooth function of many numbers.</summary>
/// <remarks>Limited-memory BFGS: Nocedal and Wright, <i>Numerical Optimization</i> (2006), algorithms 7.4 and 7.5, with step halving.</remarks>
internal static class Lbfgs
{
    private const int Memory = 7;
    private const int MostHalvings = 20;
    private const double SufficientDecrease = 1e-4;

    /// <param name="x">Start, and on return the minimum found.</param>
    /// <param name="evaluate">Gives the value at a point and fills the gradient.</param>
    /// <param name="tolerance">Ends when the gradient's length is under this share of its length at the start.</param>
    public static void Minimise(float[] x, Func<float[], float[], double> evaluate, int steps, double tolerance, CancellationToken ct)
    {
        var gradient = new float[x.Length];
        var value = evaluate(x, gradient);
        var enough = Length(gradient) * tolerance;
        var pairs = new List<(float[] Step, float[] Change, double Scale)>(Memory);
        var (next, nextGradient) = (new float[x.Length], new float[x.Length]);
        for (var step = 0; step < steps && Length(gradient) > enough; step++)
        {
            ct.ThrowIfCancellationRequested();
            var direction = Direction(gradient, pairs);
            var slope = Vec.Dot(direction, gradient);
            if (!(slope < 0))
            {
                return; // As far as 32 bits see.
            }

            var length = pairs.Count == 0 ? Math.Min(1, 1 / Length(gradient)) : 1.0;
            var lower = value;
            for (var halving = 0; ; halving++)
            {
                x.CopyTo(next, 0);
                Vec.AddScaled(direction, (float)length, next);
                lower = evaluate(next, nextGradient);
                if (lower <= value + (SufficientDecrease * length * slope))
                {
                    break;
                }

                if (halving == MostHalvings)
                {
                    return;
                }

                length /= 2;
            }

            Remember(pairs, x, next, gradient, nextGradient);
            next.CopyTo(x, 0);
            nextGradient.CopyTo(gradient, 0);
            value = lower;
        }
    }

    private static float[] Direction(float[] gradient, List<(float[] Step, float[] Change, double Scale)> pairs)
    {
        var direction = gradient.ToArray();
        var along = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            along[i] = pairs[i].Scale * Vec.Dot(pairs[i].Step, direction);
            Vec.AddScaled(pairs[i].Change, (float)-along[i], direction);
        }

        var size = pairs.Count == 0 ? 1 : 1 / (pairs[^1].Scale * Vec.Dot(pairs[^1].Change, pairs[^1].Change));
        Scale(direction, (float)size);
        for (var i = 0; i < pairs.Count; i++)
        {
            var against = pairs[i].Scale * Vec.Dot(pairs[i].Change, direction);
            Vec.AddScaled(pairs[i].Step, (float)(along[i] - against), direction);
        }

        Scale(direction, -1);
        return direction;
    }

    private static void Remember(
        List<(float[] Step, float[] Change, double Scale)> pairs, float[] x, float[] next, float[] gradient, float[] nextGradient)
    {
        var step = next.ToArray();
        Vec.AddScaled(x, -1, step);
        var change = nextGradient.ToArray();
        Vec.AddScaled(gradient, -1, change);
        var curvature = Vec.Dot(step, change);
        if (curvature <= 1e-10)
        {
            return;
        }

        if (pairs.Count == Memory)
        {
            pairs.RemoveAt(0);
        }

        pairs.Add((step, change, 1.0 / curvature));
    }

    private static double Length(float[] vector) => Math.Sqrt(Vec.Dot(vector, vector));

    private static void Scale(float[] vector, float by)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= by;
        }
    }
}
