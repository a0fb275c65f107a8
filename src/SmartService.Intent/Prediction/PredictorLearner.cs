using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Gradient steps on a <see cref="PredictorNetwork"/>: cross-entropy of the order and of the issue given the order, Adam.</summary>
internal sealed class PredictorLearner(PredictorNetwork network)
{
    private const int MostRows = FeatureExtractor.MaxOrders + 1;
    private const float Rate = 0.003f;
    private const float Decay = 1e-5f;
    private readonly Adam _hidden = new(network.Hidden);
    private readonly Adam _hiddenBias = new(network.HiddenBias);
    private readonly Adam _order = new(network.Order);
    private readonly Adam _output = new(network.Output);
    private readonly Adam _outputBias = new(network.OutputBias);
    private readonly float[] _units = new float[MostRows * network.HiddenSize];
    private readonly float[] _orders = new float[MostRows];
    private readonly float[] _issues = new float[MostRows * QuestionLabels.Count];
    private readonly float[] _slopes = new float[network.HiddenSize];
    private int _time;

    /// <param name="steps">Batches of the whole run; the rate falls to a twentieth over them.</param>
    /// <returns>Sum of losses.</returns>
    public double Learn(PredictorExample[] batch, int steps)
    {
        var loss = 0.0;
        foreach (var example in batch)
        {
            loss += Accumulate(example);
        }

        Vec.AddScaled(network.Hidden, Decay * batch.Length, _hidden.Gradient);
        var rate = Rate * (1 - (0.95f * _time / steps));
        _time++;
        foreach (var part in (Adam[])[_hidden, _hiddenBias, _order, _output, _outputBias])
        {
            part.Step(_time, rate, 1f / batch.Length);
        }

        return loss;
    }

    private double Accumulate(PredictorExample example)
    {
        var orders = _orders.AsSpan(0, example.RowCount);
        var issues = _issues.AsSpan(0, example.RowCount * QuestionLabels.Count);
        network.Forward(example.Rows, _units, orders, issues);
        var asked = issues.Slice(example.Row * QuestionLabels.Count, QuestionLabels.Count);
        var loss = -Math.Log(Math.Max(orders[example.Row] * asked[example.Label], 1e-12f));
        orders[example.Row] -= 1;
        asked[example.Label] -= 1;
        Vec.AddScaled(asked, 1, _outputBias.Gradient);
        for (var row = 0; row < example.RowCount; row++)
        {
            // The issue is learned from the row that was asked about; the other rows only learn not to be it.
            Backward(example, row, orders[row], row == example.Row ? asked : []);
        }

        return loss;
    }

    private void Backward(PredictorExample example, int row, float orderSlope, ReadOnlySpan<float> issueSlopes)
    {
        var units = _units.AsSpan(row * network.HiddenSize, network.HiddenSize);
        Vec.AddScaled(units, orderSlope, _order.Gradient);
        for (var unit = 0; unit < units.Length; unit++)
        {
            _slopes[unit] = 0;
            if (units[unit] > 0)
            {
                _slopes[unit] = orderSlope * network.Order[unit];
                if (!issueSlopes.IsEmpty)
                {
                    _slopes[unit] += Vec.Dot(network.OutputRow(unit), issueSlopes);
                    Vec.AddScaled(issueSlopes, units[unit], _output.Gradient.AsSpan(unit * QuestionLabels.Count, QuestionLabels.Count));
                }
            }
        }

        Vec.AddScaled(_slopes, 1, _hiddenBias.Gradient);
        var input = example.Rows.AsSpan(row * network.Width, network.Width);
        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != 0)
            {
                Vec.AddScaled(_slopes, input[i], _hidden.Gradient.AsSpan(i * network.HiddenSize, network.HiddenSize));
            }
        }
    }
}
