namespace SmartService.Intent.Training;

/// <summary>Logistic regression for a handful of inputs, both classes weighted alike, by Newton's method.</summary>
/// <remarks>Bishop, <i>Pattern Recognition and Machine Learning</i> (2006), section 4.3.3.</remarks>
internal static class LogisticRegression
{
    private const int Steps = 30;

    /// <param name="inputs">Each of the same length; the last entry is the constant 1 and is not shrunk.</param>
    /// <param name="ridge">Strength of the pull towards zero, in standardised units.</param>
    public static double[] Fit(double[][] inputs, bool[] positive, double ridge)
    {
        var size = inputs[0].Length;
        var (mean, deviation) = Standardize(inputs);
        var share = positive.Count(p => p);
        double[] classWeight = [0.5 * positive.Length / (positive.Length - share), 0.5 * positive.Length / share];
        var weights = new double[size];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[size];
            var hessian = new double[size, size];
            for (var i = 0; i < inputs.Length; i++)
            {
                var x = new double[size];
                var z = 0.0;
                for (var j = 0; j < size; j++)
                {
                    x[j] = (inputs[i][j] - mean[j]) / deviation[j];
                    z += weights[j] * x[j];
                }

                var p = 1 / (1 + Math.Exp(-z));
                var w = classWeight[positive[i] ? 1 : 0];
                for (var j = 0; j < size; j++)
                {
                    gradient[j] += w * (p - (positive[i] ? 1 : 0)) * x[j];
                    for (var k = 0; k < size; k++)
                    {
                        hessian[j, k] += w * p * (1 - p) * x[j] * x[k];
                    }
                }
            }

            for (var j = 0; j < size; j++)
            {
                gradient[j] += j < size - 1 ? ridge * weights[j] : 0;
                hessian[j, j] += j < size - 1 ? ridge : 1e-9;
            }

            var change = Solve(hessian, gradient);
            for (var j = 0; j < size; j++)
            {
                weights[j] -= change[j];
            }
        }

        return Unstandardize(weights, mean, deviation);
    }

    private static (double[] Mean, double[] Deviation) Standardize(double[][] inputs)
    {
        var size = inputs[0].Length;
        var mean = new double[size];
        var deviation = new double[size];
        for (var j = 0; j < size - 1; j++)
        {
            mean[j] = inputs.Average(x => x[j]);
            deviation[j] = Math.Sqrt(inputs.Average(x => Math.Pow(x[j] - mean[j], 2)));
            deviation[j] = deviation[j] < 1e-9 ? 1 : deviation[j];
        }

        deviation[size - 1] = 1;
        return (mean, deviation);
    }

    private static double[] Unstandardize(double[] weights, double[] mean, double[] deviation)
    {
        var result = new double[weights.Length];
        result[^1] = weights[^1];
        for (var j = 0; j < weights.Length - 1; j++)
        {
            result[j] = weights[j] / deviation[j];
            result[^1] -= result[j] * mean[j];
        }

        return result;
    }

    /// <summary>Gaussian elimination with pivoting.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(matrix[row, column]));
            for (var k = 0; k < size; k++)
            {
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            }

            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (var row = 0; row < size; row++)
            {
                if (row != column && matrix[column, column] != 0)
                {
                    var factor = matrix[row, column] / matrix[column, column];
                    for (var k = column; k < size; k++)
                    {
                        matrix[row, k] -= factor * matrix[column, k];
                    }

                    right[row] -= factor * right[column];
                }
            }
        }

        return [.. right.Select((value, i) => matrix[i, i] == 0 ? 0 : value / matrix[i, i])];
    }
}
