namespace SmartService.Intent.Training;

/// <summary>Features of many messages, one after the other, so that an epoch runs through memory in order.</summary>
internal sealed class Samples
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly float[] _weights;

    private Samples(int[] starts, int[] rows, float[] weights, int[] labels)
    {
        _starts = starts;
        _rows = rows;
        _weights = weights;
        Labels = labels;
    }

    public int[] Labels { get; }

    public int Count => Labels.Length;

    public ReadOnlySpan<int> Rows(int index) => _rows.AsSpan(_starts[index].._starts[index + 1]);

    public ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(_starts[index].._starts[index + 1]);

    /// <summary>Those whose index the predicate picks; copies, so that an epoch still runs through memory in order.</summary>
    public Samples Where(Func<int, bool> picked)
    {
        var indexes = Enumerable.Range(0, Count).Where(picked).ToArray();
        var starts = new int[indexes.Length + 1];
        for (var i = 0; i < indexes.Length; i++)
        {
            starts[i + 1] = starts[i] + Rows(indexes[i]).Length;
        }

        var rows = new int[starts[^1]];
        var weights = new float[starts[^1]];
        for (var i = 0; i < indexes.Length; i++)
        {
            Rows(indexes[i]).CopyTo(rows.AsSpan(starts[i]));
            Weights(indexes[i]).CopyTo(weights.AsSpan(starts[i]));
        }

        return new(starts, rows, weights, [.. indexes.Select(i => Labels[i])]);
    }

    /// <summary>Which of the rows occur in any message.</summary>
    public bool[] Occurring(int rows)
    {
        var occurring = new bool[rows];
        foreach (var row in _rows)
        {
            occurring[row] = true;
        }

        return occurring;
    }

    public static Samples From(Features.Vocabulary vocabulary, IReadOnlyList<LabelledText> lines, IReadOnlyList<string> labels)
    {
        var index = labels.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i, StringComparer.Ordinal);
        var extraction = new Features.FeatureExtraction(vocabulary.Settings);
        var starts = new int[lines.Count + 1];
        var rows = new List<int>(lines.Count * 100);
        var weights = new List<float>(lines.Count * 100);
        var rowBuffer = new int[vocabulary.Settings.MaxFeatures];
        var weightBuffer = new float[vocabulary.Settings.MaxFeatures];
        for (var i = 0; i < lines.Count; i++)
        {
            extraction.Extract(lines[i].Text);
            var count = vocabulary.Weigh(extraction, rowBuffer, weightBuffer);
            rows.AddRange(rowBuffer.AsSpan(0, count));
            weights.AddRange(weightBuffer.AsSpan(0, count));
            starts[i + 1] = rows.Count;
        }

        return new(starts, [.. rows], [.. weights], [.. lines.Select(l => index[l.Label])]);
    }
}
