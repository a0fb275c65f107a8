namespace SmartService.Intent.Prediction;

/// <summary>Collects forecasts and what came of them.</summary>
internal sealed class QuestionTally
{
    private const double Wanted = 0.9;
    private const int Bins = 15;

    private readonly List<float> _best = [];
    private readonly List<bool> _right = [];
    private readonly List<int> _ranks = [];
    private double _loss;

    /// <summary>Best probability and whether it was right, one a shopper.</summary>
    public IReadOnlyList<float> Best => _best;

    public IReadOnlyList<bool> Right => _right;

    public Dictionary<int, (int Asked, int First)> ByQuestion { get; } = [];

    /// <param name="probabilities">One a question, and "asks nothing" last.</param>
    /// <param name="asked">Question, or <see cref="QuestionLabels.Nothing"/>.</param>
    public void Add(ReadOnlySpan<float> probabilities, int asked)
    {
        var best = 0;
        for (var label = 1; label < QuestionLabels.Nothing; label++)
        {
            best = probabilities[label] > probabilities[best] ? label : best;
        }

        _best.Add(probabilities[best]);
        _right.Add(best == asked);
        _loss -= Math.Log(Math.Max(1e-9, probabilities[asked]));
        if (asked != QuestionLabels.Nothing)
        {
            var rank = 0;
            for (var label = 0; label < QuestionLabels.Nothing; label++)
            {
                rank += probabilities[label] > probabilities[asked] || (probabilities[label] == probabilities[asked] && label < asked) ? 1 : 0;
            }

            _ranks.Add(rank);
            var known = ByQuestion.GetValueOrDefault(asked);
            ByQuestion[asked] = (known.Asked + 1, known.First + (rank == 0 ? 1 : 0));
        }
    }

    public int Askers => _ranks.Count;

    public QuestionFigures Figures() => new(
        ShareWithin(1), ShareWithin(3), ShareWithin(5), _ranks.Select(rank => 1.0 / (rank + 1)).DefaultIfEmpty(double.NaN).Average(),
        PrecisionCurve.From(_best, _right).CoverageFor(Wanted), CalibrationError(), _loss / Math.Max(1, _best.Count));

    /// <summary>Guo et al., <i>On Calibration of Modern Neural Networks</i> (2017), section 2.</summary>
    private double CalibrationError()
    {
        var (sums, hits) = (new double[Bins], new int[Bins]);
        for (var i = 0; i < _best.Count; i++)
        {
            var bin = Math.Min(Bins - 1, (int)(_best[i] * Bins));
            sums[bin] += _best[i];
            hits[bin] += _right[i] ? 1 : 0;
        }

        return sums.Zip(hits, (sum, hit) => Math.Abs(sum - hit)).Sum() / Math.Max(1, _best.Count);
    }

    private double ShareWithin(int places) => _ranks.Count == 0 ? double.NaN : _ranks.Count(rank => rank < places) / (double)_ranks.Count;
}
