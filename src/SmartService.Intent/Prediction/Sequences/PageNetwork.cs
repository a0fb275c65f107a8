using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction.Sequences;

/// <summary>
/// A log-linear model with a hidden layer beside it: the last page, the one before, all earlier ones (fading) and the length of
/// the session, each with a weight for every next page and with a vector that feeds the hidden units.
/// </summary>
/// <remarks>One example a step; row-wise AdaGrad (Duchi, Hazan, Singer 2011); whole inputs and hidden units are dropped at random while
/// learning (Srivastava et al. 2014). The same seed gives the same bits.</remarks>
internal sealed class PageNetwork : IPageModel
{
    private const int Hidden = 64;
    private const int Epochs = 4;
    private const int Lengths = 16;
    private const int Remembered = 12;
    private const float HiddenDropout = 0.5f;
    private const float EarlierDropout = 0.3f;
    private const float BeforeDropout = 0.2f;
    private const float Fading = 0.85f;
    private const float Rate = 0.05f;
    private const float Never = -30;

    private readonly int _pages;
    private readonly StepHabits _habits;
    private readonly Table _direct;
    private readonly Table _vectors;
    private readonly Table _output;
    private readonly float[] _pageBias;
    private readonly float[] _hiddenBias = new float[Hidden];

    private PageNetwork(int pages, StepHabits habits, SeededRandom random)
    {
        (_pages, _habits) = (pages, habits);
        var inputs = (3 * pages) + Lengths;
        _direct = new(inputs, pages, 0, random);
        _vectors = new(inputs, Hidden, 0.2f, random);
        _output = new(Hidden, pages, 0.1f, random);
        _pageBias = new float[pages];
    }

    public static PageNetwork Train(int[][] sessions, int pages, StepHabits habits, ulong seed, CancellationToken ct)
    {
        var random = new SeededRandom(seed);
        var network = new PageNetwork(pages, habits, random);
        var steps = sessions.SelectMany((session, i) => Enumerable.Range(1, Math.Max(0, session.Length - 1)).Select(t => (Session: i, T: t))).ToArray();
        var work = new Work(pages);
        var done = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            ct.ThrowIfCancellationRequested();
            random.Shuffle(steps.AsSpan());
            foreach (var (session, t) in steps)
            {
                var rate = Rate * (1 - (0.95f * done / ((float)steps.Length * Epochs)));
                network.Learn(sessions[session].AsSpan(0, t), sessions[session][t], rate, work, random);
                done++;
            }
        }

        return network;
    }

    public void Score(ReadOnlySpan<int> visited, Span<float> scores)
    {
        var work = new Work(_pages);
        Read(visited, work, null);
        Forward(work, null);
        _habits.RuleOut(visited, work.Scores, Never);
        Vec.Softmax(work.Scores);
        work.Scores.CopyTo(scores);
    }

    private void Learn(ReadOnlySpan<int> visited, int next, float rate, Work work, SeededRandom random)
    {
        Read(visited, work, random);
        Forward(work, random);
        _habits.RuleOut(visited, work.Scores, Never);
        Vec.Softmax(work.Scores);
        work.Scores[next] -= 1;
        Array.Clear(work.Slopes);
        for (var unit = 0; unit < Hidden; unit++)
        {
            if (work.Units[unit] > 0)
            {
                work.Slopes[unit] = Vec.Dot(_output.Row(unit), work.Scores) / (1 - HiddenDropout);
                _output.Step(unit, work.Scores, work.Units[unit], rate);
            }
        }

        foreach (var (input, weight) in work.Inputs)
        {
            _direct.Step(input, work.Scores, weight, rate);
            _vectors.Step(input, work.Slopes, weight, rate);
        }

        Vec.AddScaled(work.Scores, -rate / 10, _pageBias);
        Vec.AddScaled(work.Slopes, -rate / 5, _hiddenBias);
    }

    private void Read(ReadOnlySpan<int> visited, Work work, SeededRandom? random)
    {
        work.Inputs.Clear();
        work.Inputs.Add((visited[^1], 1));
        work.Inputs.Add(((3 * _pages) + Math.Min(Lengths - 1, visited.Length), 1));
        if (visited.Length >= 2 && random?.Chance(BeforeDropout) != true)
        {
            work.Inputs.Add((_pages + visited[^2], 1));
        }

        var keep = random is null ? 1 : 1 - EarlierDropout;
        for (var back = 2; back <= Math.Min(Remembered, visited.Length); back++)
        {
            if (random?.Chance(EarlierDropout) != true)
            {
                work.Inputs.Add(((2 * _pages) + visited[^back], MathF.Pow(Fading, back - 2) / keep));
            }
        }
    }

    private void Forward(Work work, SeededRandom? random)
    {
        _pageBias.CopyTo(work.Scores, 0);
        _hiddenBias.CopyTo(work.Units, 0);
        foreach (var (input, weight) in work.Inputs)
        {
            Vec.AddScaled(_direct.Row(input), weight, work.Scores);
            Vec.AddScaled(_vectors.Row(input), weight, work.Units);
        }

        for (var unit = 0; unit < Hidden; unit++)
        {
            var value = MathF.Max(0, work.Units[unit]);
            work.Units[unit] = random is null ? value : random.Chance(HiddenDropout) ? 0 : value / (1 - HiddenDropout);
            if (work.Units[unit] > 0)
            {
                Vec.AddScaled(_output.Row(unit), work.Units[unit], work.Scores);
            }
        }
    }

    private sealed class Work(int pages)
    {
        public List<(int Input, float Weight)> Inputs { get; } = [];

        public float[] Scores { get; } = new float[pages];

        public float[] Units { get; } = new float[Hidden];

        public float[] Slopes { get; } = new float[Hidden];
    }

    /// <summary>Rows of weights, each with one sum of squares that slows its steps.</summary>
    private sealed class Table
    {
        private readonly int _width;
        private readonly float[] _weights;
        private readonly float[] _squares;

        public Table(int rows, int width, float deviation, SeededRandom random)
        {
            _width = width;
            _weights = new float[rows * width];
            _squares = new float[rows];
            Array.Fill(_squares, 1e-4f);
            for (var i = 0; deviation > 0 && i < _weights.Length; i++)
            {
                _weights[i] = (float)random.NextNormal() * deviation;
            }
        }

        public Span<float> Row(int row) => _weights.AsSpan(row * _width, _width);

        public void Step(int row, ReadOnlySpan<float> slopes, float weight, float rate)
        {
            _squares[row] += weight * weight * Vec.Dot(slopes, slopes) / _width;
            Vec.AddScaled(slopes, -rate * weight / MathF.Sqrt(_squares[row]), Row(row));
        }
    }
}
