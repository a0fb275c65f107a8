namespace SmartService.Intent.Prediction;

/// <summary>Fills one row of features in order. The order of the calls is the layout; the model's version guards it.</summary>
internal ref struct FeatureRow(Span<float> values)
{
    private readonly Span<float> _values = values;

    public int Count { get; private set; }

    public void Flag(bool value) => Add(value ? 1 : 0);

    public void Add(float value) => _values[Count++] = value;

    /// <summary>0, then .39, .63, .78…: the first few count most.</summary>
    public void Times(int count) => Add(1 - MathF.Exp(-count / 2f));

    public void OneOf(int index, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Flag(i == index);
        }
    }

    /// <summary>Time in days, cut to [-1, 1] of <paramref name="most"/>.</summary>
    public void Days(TimeSpan time, double most) => Add((float)Math.Clamp(time.TotalDays / most, -1, 1));
}
