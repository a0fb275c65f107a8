using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SmartService.Intent.Training;

/// <summary>Fits a <see cref="BagNetwork"/>. One thread, fixed order: the same seed gives the same bits.</summary>
/// <remarks>
/// Feature vectors by row-wise AdaGrad (Duchi, Hazan, Singer 2011; one accumulator a row), dense layers by Adam. Dropout is
/// drawn per message: Srivastava et al., <i>Dropout</i> (2014); label smoothing: Szegedy et al. (2016); each message is learned a
/// second time, pushed to where it is easiest mistaken: Miyato, Dai, Goodfellow, <i>Adversarial Training Methods for Semi-Supervised
/// Text Classification</i> (2017). Hidden units that were dropped or inactive cost nothing: their rows are skipped forward and backward.
/// </remarks>
internal sealed class NetworkTrainer
{
    private const float AdaGradStart = 1e-6f;
    private const int FetchDistance = 4;
    private const int CacheLine = 64;
    private const float LeastSlope = 1e-24f;
    private readonly NetworkOptions _options;
    private readonly Samples _samples;
    private readonly SeededRandom _random;
    private readonly BagNetwork _net;
    private readonly Adam _bagBias;
    private readonly Adam _hidden;
    private readonly Adam _hiddenBias;
    private readonly Adam _output;
    private readonly Adam _outputBias;
    private readonly float[] _squares;
    private readonly float[] _sum;
    private readonly float[] _active;
    private readonly float[] _scores;
    private readonly float[] _units;
    private readonly int[] _kept;
    private readonly float[][] _bagGradients;
    private readonly float[] _pushed;
    private readonly WordMap? _words;
    private readonly List<(int Row, float Weight, int Slot)> _touched = [];

    /// <param name="words">What is known of some rows beforehand; null: nothing.</param>
    public NetworkTrainer(NetworkOptions options, Samples samples, int rows, int labels, ulong seed, WordRows? words = null)
    {
        _options = options;
        _samples = samples;
        _random = new(seed);
        _net = new(rows, options.BagSize, options.HiddenSize, labels);
        _bagBias = new(_net.BagBias);
        _hidden = new(_net.Hidden);
        _hiddenBias = new(_net.HiddenBias);
        _output = new(_net.Output);
        _outputBias = new(_net.OutputBias);
        _squares = new float[rows];
        _sum = new float[options.BagSize];
        _active = new float[options.BagSize];
        _scores = new float[labels];
        _units = new float[options.HiddenSize];
        _kept = new int[options.HiddenSize];
        _pushed = new float[options.BagSize];
        _words = words is null ? null : new(options, words);
        _bagGradients = [.. Enumerable.Range(0, options.BatchSize).Select(_ => new float[options.BagSize])];
    }

    /// <param name="epochDone">Called after each epoch with the mean loss.</param>
    public BagNetwork Train(Action<double?>? epochDone = null, CancellationToken ct = default)
    {
        Start();
        var order = Enumerable.Range(0, _samples.Count).ToArray();
        var batches = (order.Length + _options.BatchSize - 1) / _options.BatchSize;
        var time = 0;
        for (var epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            ct.ThrowIfCancellationRequested();
            _random.Shuffle(order.AsSpan());
            var loss = 0.0;
            foreach (var batch in order.Chunk(_options.BatchSize))
            {
                var decay = 1f - (0.9f * time / (batches * _options.Epochs));
                time++;
                _touched.Clear();
                for (var slot = 0; slot < batch.Length; slot++)
                {
                    loss += Learn(batch[slot], slot);
                }

                StepDense(time, decay, 1f / batch.Length);
                StepBag(decay);
            }

            epochDone?.Invoke(loss / order.Length);
        }

        ForgetUnseenRows();
        _words?.Fold(_net);
        return _net;
    }

    private void Start()
    {
        Fill(_net.Bag, _options.BagInit);
        Fill(_net.Hidden, MathF.Sqrt(2f / _options.BagSize));
        Fill(_net.Output, MathF.Sqrt(1f / _options.HiddenSize));
        Array.Fill(_squares, AdaGradStart);
        if (_words is not null)
        {
            Fill(_words.Weights, MathF.Sqrt(1f / _options.BagSize));
        }
    }

    /// <summary>A feature that never occurred still has the vector it was born with: noise.</summary>
    private void ForgetUnseenRows()
    {
        for (var row = 0; row < _squares.Length; row++)
        {
            if (_squares[row] == AdaGradStart)
            {
                _net.BagRow(row).Clear();
            }
        }
    }

    private void Fill(Span<float> weights, float deviation)
    {
        // Uniform of the wanted deviation: cheaper than normal, no different in effect.
        var width = deviation * MathF.Sqrt(12);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = ((float)_random.NextDouble() - 0.5f) * width;
        }
    }

    private double Learn(int sample, int slot)
    {
        SumFeatures(sample, slot);
        var gradient = _bagGradients[slot];
        var loss = LearnSum(_samples.Labels[sample], gradient);
        if (_options.Adversary > 0 && Vec.Dot(gradient, gradient) is > LeastSlope and var slope)
        {
            Vec.AddScaled(gradient, _options.Adversary * MathF.Sqrt(Vec.Dot(_sum, _sum) / slope), _sum);
            LearnSum(_samples.Labels[sample], _pushed);
            Vec.AddScaled(_pushed, 1, gradient);
        }

        return loss;
    }

    /// <summary>Adds the gradients of the dense layers at the present sum of feature vectors; fills that of the sum itself.</summary>
    private double LearnSum(int label, float[] bagGradient)
    {
        for (var i = 0; i < _sum.Length; i++)
        {
            _active[i] = MathF.Max(0, _sum[i]);
        }

        var kept = Forward();
        Vec.Softmax(_scores);
        var loss = -Math.Log(Math.Max(_scores[label], 1e-12f));
        var spread = _options.LabelSmoothing / _scores.Length;
        for (var i = 0; i < _scores.Length; i++)
        {
            _scores[i] -= spread;
        }

        _scores[label] -= 1 - _options.LabelSmoothing;
        Backward(kept, bagGradient);
        return loss;
    }

    private void SumFeatures(int sample, int slot)
    {
        _net.BagBias.CopyTo(_sum.AsSpan());
        var rows = _samples.Rows(sample);
        var weights = _samples.Weights(sample);
        var keep = 1 - _options.FeatureDropout;
        var limit = (uint)(keep * 65536);
        var bits = 0UL;
        var start = _touched.Count;
        for (var i = 0; i < rows.Length; i++)
        {
            bits = i % 4 == 0 ? _random.NextBits() : bits >> 16;
            if ((bits & 0xFFFF) < limit)
            {
                _touched.Add((rows[i], weights[i] / keep, slot));
            }
        }

        var touched = CollectionsMarshal.AsSpan(_touched)[start..];
        for (var i = 0; i < touched.Length; i++)
        {
            FetchAhead(touched, i);
            Vec.AddScaled(_net.BagRow(touched[i].Row), touched[i].Weight, _sum);
        }

        _words?.AddTo(_sum, rows, weights, _random);
    }

    /// <summary>Asks for a row that is needed soon: rows lie all over a table that no cache holds.</summary>
    private unsafe void FetchAhead(ReadOnlySpan<(int Row, float Weight, int Slot)> touched, int index)
    {
        if (!Sse.IsSupported || index + FetchDistance >= touched.Length)
        {
            return;
        }

        // Only a hint: should the table move meanwhile, another place is fetched and nothing else happens.
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_net.BagRow(touched[index + FetchDistance].Row)));
        for (var at = 0; at < _options.BagSize * sizeof(float); at += CacheLine)
        {
            Sse.Prefetch0(start + at);
        }
    }

    /// <returns>How many hidden units are neither dropped nor silent; their numbers are in <see cref="_kept"/>.</returns>
    private int Forward()
    {
        _net.OutputBias.CopyTo(_scores.AsSpan());
        var keep = 1 - _options.HiddenDropout;
        var limit = (uint)(keep * 65536);
        var bits = 0UL;
        var kept = 0;
        for (var unit = 0; unit < _units.Length; unit++)
        {
            bits = unit % 4 == 0 ? _random.NextBits() : bits >> 16;
            if ((bits & 0xFFFF) >= limit)
            {
                continue;
            }

            var value = (Vec.Dot(_net.HiddenRow(unit), _active) + _net.HiddenBias[unit]) / keep;
            if (value > 0)
            {
                _units[unit] = value;
                _kept[kept++] = unit;
                Vec.AddScaled(_net.OutputRow(unit), value, _scores);
            }
        }

        return kept;
    }

    private void Backward(int kept, float[] bagGradient)
    {
        Vec.AddScaled(_scores, 1, _outputBias.Gradient);
        Array.Clear(bagGradient);
        var keep = 1 - _options.HiddenDropout;
        var bagSize = _options.BagSize;
        foreach (var unit in _kept.AsSpan(0, kept))
        {
            Vec.AddScaled(_scores, _units[unit], _output.Gradient.AsSpan(unit * _scores.Length, _scores.Length));
            var slope = Vec.Dot(_net.OutputRow(unit), _scores) / keep;
            _hiddenBias.Gradient[unit] += slope;
            Vec.AddScaled(_active, slope, _hidden.Gradient.AsSpan(unit * bagSize, bagSize));
            Vec.AddScaled(_net.HiddenRow(unit), slope, bagGradient);
        }

        for (var i = 0; i < bagSize; i++)
        {
            bagGradient[i] = _sum[i] > 0 ? bagGradient[i] : 0;
        }

        Vec.AddScaled(bagGradient, 1, _bagBias.Gradient);
        _words?.Learn(bagGradient);
    }

    private void StepDense(int time, float decay, float scale)
    {
        var step = _options.DenseStep * decay;
        _bagBias.Step(time, step, scale);
        _hidden.Step(time, step, scale);
        _hiddenBias.Step(time, step, scale);
        _output.Step(time, step, scale);
        _outputBias.Step(time, step, scale);
        _words?.Step(time, step, scale);
    }

    private void StepBag(float decay)
    {
        Span<float> norms = stackalloc float[_bagGradients.Length];
        for (var slot = 0; slot < norms.Length; slot++)
        {
            norms[slot] = Vec.Dot(_bagGradients[slot], _bagGradients[slot]) / _options.BagSize;
        }

        var touched = CollectionsMarshal.AsSpan(_touched);
        for (var i = 0; i < touched.Length; i++)
        {
            FetchAhead(touched, i);
            var (row, weight, slot) = touched[i];
            _squares[row] += weight * weight * norms[slot];
            Vec.AddScaled(_bagGradients[slot], -_options.BagStep * decay * weight / MathF.Sqrt(_squares[row]), _net.BagRow(row));
        }
    }
}
