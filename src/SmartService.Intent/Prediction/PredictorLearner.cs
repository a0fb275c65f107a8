using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Gradient steps on a <see cref="PredictorNetwork"/>: cross-entropy over all pairings, Adam.</summary>
internal sealed class PredictorLearner(PredictorNetwork network)
{
    private const float Rate = 0.003f;
    private const float Decay = 1e-5f;
    private readonly Adam _hidden = new(network.Hidden);
    private readonly Adam _hiddenBias = new(network.HiddenBias);
    private readonly Adam _output = new(network.Output);
    private readonly Adam _outputBias = new(network.OutputBias);
    private readonly float[] _units = new float[(FeatureExtractor.MaxOrders + 1) * network.HiddenSize];
    private readonly float[] _pairs = new float[(FeatureExtractor.MaxOrders + 1) * QuestionLabels.Count];
    private int _time;

    /// <param name="steps">Batches of the whole run; the rate falls to a tenth over them.</param>
    /// <returns>Sum of losses.</returns>
    public double Learn(PredictorExample[] batch, int steps)
    {
        var loss = 0.0;
        foreach (var example in batch)
        {
            loss += Accumulate(example);
        }

        Vec.AddScaled(network.Hidden, Decay * batch.Length, _hidden.Gradient);
        var rate = Rate * (1 - (0.9f * _time / steps));
        _time++;
        _hidden.Step(_time, rate, 1f / batch.Length);
        _hiddenBias.Step(_time, rate, 1f / batch.Length);
        _output.Step(_time, rate, 1f / batch.Length);
        _outputBias.Step(_time, rate, 1f / batch.Length);
        return loss;
    }

    private double Accumulate(PredictorExample example)
    {
        var size = network.HiddenSize;
        var units = _units.AsSpan(0, example.RowCount * size);
        var pairs = _pairs.AsSpan(0, example.RowCount * QuestionLabels.Count);
        network.Forward(example.Rows, units, pairs);
        var target = (example.Row * QuestionLabels.Count) + example.Label;
        var loss = -Math.Log(Math.Max(pairs[target], 1e-12f));
        pairs[target] -= 1;
        for (var row = 0; row < example.RowCount; row++)
        {
            var slopes = pairs.Slice(row * QuestionLabels.Count, QuestionLabels.Count);
            var input = example.Rows.AsSpan(row * network.Width, network.Width);
            Vec.AddScaled(slopes, 1, _outputBias.Gradient);
            for (var unit = 0; unit < size; unit++)
            {
                var value = units[(row * size) + unit];
                if (value > 0)
                {
                    Vec.AddScaled(slopes, value, _output.Gradient.AsSpan(unit * QuestionLabels.Count, QuestionLabels.Count));
                    var slope = Vec.Dot(network.OutputRow(unit), slopes);
                    _hiddenBias.Gradient[unit] += slope;
                    Vec.AddScaled(input, slope, _hidden.Gradient.AsSpan(unit * network.Width, network.Width));
                }
            }
        }

        return loss;
    }
}
