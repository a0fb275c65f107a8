using SmartService.Intent.Features;

namespace SmartService.Intent.Training;

/// <summary>Chooses <see cref="NetworkOptions.Rarity"/>.</summary>
internal static class RarityChoice
{
    private const float Usual = 0.5f;
    private const int FewLabels = 20;
    private const int Folds = 5;
    private static readonly float[] Choices = [Usual, 1, 0.2f, 0];

    /// <summary>The exponent whose linear head gets most unseen messages right; of equals the first.</summary>
    public static float For(IReadOnlyList<LabelledText> data, IReadOnlyList<string> labels, IntentTrainerOptions options, CancellationToken ct)
    {
        if (labels.Count > FewLabels)
        {
            return Usual;
        }

        var fold = options.Validation is null ? IntentTrainer.SplitBySeed(data, Folds, options.Seed) : null;
        IReadOnlyList<LabelledText> train = fold is null ? data : [.. data.Where((_, i) => fold[i] != 0)];
        IReadOnlyList<LabelledText> unseen = fold is null
            ? [.. options.Validation!.Where(line => labels.Contains(line.Label))]
            : [.. data.Where((_, i) => fold[i] == 0)];
        var right = new int[Choices.Length];
        Parallel.For(0, Choices.Length, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, choice =>
            right[choice] = CountRight(train, unseen, labels, Choices[choice], options, ct));
        return Choices[Array.IndexOf(right, right.Max())];
    }

    private static int CountRight(
        IReadOnlyList<LabelledText> train, IReadOnlyList<LabelledText> unseen, IReadOnlyList<string> labels, float rarity, IntentTrainerOptions options,
        CancellationToken ct)
    {
        var vocabulary = Vocabulary.Learn(options.Features, train.Select(l => l.Text), options.Network.MinimumTexts, rarity);
        var head = LinearTrainer.Train(options.Network, Samples.From(vocabulary, train, labels), vocabulary.Rows, labels.Count, options.Seed + 1, ct: ct);
        var samples = Samples.From(vocabulary, unseen, labels);
        var margins = new float[labels.Count];
        var right = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            head.Forward(samples.Rows(i), samples.Weights(i), margins);
            right += Array.IndexOf(margins, margins.Max()) == samples.Labels[i] ? 1 : 0;
        }

        return right;
    }
}
