using SmartService.Engine.Understanding;
using SmartService.Intent.Features;
using SmartService.Intent.Training;

namespace SmartService.Intent.Learning;

/// <summary>Fits a <see cref="TenantHead"/> to a tenant's lessons.</summary>
/// <remarks>
/// Weighted multinomial logistic regression with the shipped model's scores as offsets and a ridge towards zero. "Does not mean
/// it" costs -log(1 - p) of that intent: Ishida et al., <i>Learning from Complementary Labels</i> (2017), by another loss. How
/// much of the correction is applied is chosen on the latest fifth of the lessons, fitted without them.
/// </remarks>
internal sealed class TenantHeadTrainer(IntentScorer scorer, FeatureSettings settings)
{
    private const int MostOwnLabels = 50;
    private const int LeastLessonsOfOwnLabel = 5;
    private const int LeastTextsOfWord = 2;
    private const int LeastToChooseBy = 10;

    /// <summary>Words may say much: they are what a store has of its own. The embedding and the constant speak for all messages, so they must be sure.</summary>
    private const float WordRidge = 0.05f;
    private const float EmbeddingRidge = 0.5f;
    private const float ConstantRidge = 2;
    private const int Steps = 60;
    private const double Tolerance = 1e-3;

    /// <summary>With too few lessons to choose by, all of it: whether that is good, held-back questions judge anyway.</summary>
    private const float UnprovenShare = 1;
    private static readonly float[] Shares = [0.5f, 0.75f, 1];
    private readonly FeatureExtraction _extraction = new(settings);

    /// <param name="lessons">Oldest first.</param>
    public TenantHead Train(IReadOnlyList<Lesson> lessons, CancellationToken ct)
    {
        var head = Empty(lessons);
        var index = head.Labels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => pair.i, StringComparer.Ordinal);
        var samples = lessons.Where(lesson => index.ContainsKey(lesson.Intent.Value)).Select(lesson => SampleOf(head, lesson, index[lesson.Intent.Value])).ToArray();
        if (!samples.Any(sample => sample.Means))
        {
            throw new UnderstandingException("There is no lesson that says what a message means; nothing can be learned.");
        }

        var share = ShareOf(head, samples, ct);
        Fit(head, samples, ct);
        for (var i = 0; i < head.Weights.Length; i++)
        {
            head.Weights[i] *= share;
        }

        return head;
    }

    private TenantHead Empty(IReadOnlyList<Lesson> lessons)
    {
        var known = scorer.Labels.ToHashSet(StringComparer.Ordinal);
        var own = lessons.Where(lesson => lesson.Means && !known.Contains(lesson.Intent.Value))
            .GroupBy(lesson => lesson.Intent.Value, StringComparer.Ordinal)
            .Where(same => same.Count() >= LeastLessonsOfOwnLabel)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Take(MostOwnLabels).Select(same => same.Key);
        string[] labels = [.. scorer.Labels, .. own];
        var buckets = WordsOf(lessons);
        return new(labels, scorer.Labels.Count, scorer.EmbeddingSize, buckets, new float[(scorer.EmbeddingSize + 1 + buckets.Length) * labels.Length]);
    }

    private int[] WordsOf(IReadOnlyList<Lesson> lessons)
    {
        var texts = new Dictionary<int, int>();
        foreach (var lesson in lessons.DistinctBy(lesson => lesson.Text, StringComparer.Ordinal))
        {
            _extraction.Extract(lesson.Text);
            foreach (var bucket in _extraction.Buckets[.._extraction.GroupEnds[(int)FeatureGroup.Word]])
            {
                texts[bucket] = texts.GetValueOrDefault(bucket) + 1;
            }
        }

        return [.. texts.Where(pair => pair.Value >= LeastTextsOfWord).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(TenantHead.MostWords).Select(pair => pair.Key).Order()];
    }

    private Sample SampleOf(TenantHead head, Lesson lesson, int label)
    {
        var probabilities = new float[scorer.Labels.Count];
        var embedding = new float[scorer.EmbeddingSize];
        scorer.Score(lesson.Text, probabilities, embedding);
        var start = new float[head.Labels.Count];
        head.Start(probabilities, start);
        _extraction.Extract(lesson.Text);
        var rows = new int[_extraction.Buckets.Length];
        var weights = new float[rows.Length];
        var count = head.Words(_extraction, rows, weights);
        return new(start, embedding, rows[..count], weights[..count], label, lesson.Means, (float)lesson.Weight);
    }

    /// <summary>How much of the correction helps on lessons it has not seen.</summary>
    private static float ShareOf(TenantHead head, Sample[] samples, CancellationToken ct)
    {
        var split = samples.Length - (samples.Length / 5);
        var unseen = samples[split..].Where(sample => sample.Means).ToArray();
        if (unseen.Length < LeastToChooseBy || !samples[..split].Any(sample => sample.Means))
        {
            return UnprovenShare;
        }

        Fit(head, samples[..split], ct);
        var share = Shares.MinBy(share => Loss(head, unseen, share));
        Array.Clear(head.Weights);
        return share;
    }

    private static double Loss(TenantHead head, Sample[] samples, float share)
    {
        var total = 0.0;
        var scores = new float[head.Labels.Count];
        var correction = new float[head.Labels.Count];
        foreach (var sample in samples)
        {
            Array.Clear(correction);
            head.Correct(sample.Embedding, sample.Rows, sample.Weights, correction);
            sample.Start.CopyTo(scores, 0);
            Vec.AddScaled(correction, share, scores);
            var label = scores[sample.Label];
            total += sample.Weight * (Vec.Softmax(scores) - label);
        }

        return total;
    }

    private static void Fit(TenantHead head, Sample[] samples, CancellationToken ct)
    {
        var labels = head.Labels.Count;
        var slope = new float[labels];
        Lbfgs.Minimise(
            head.Weights,
            (at, gradient) =>
            {
                var trial = ReferenceEquals(at, head.Weights) ? head : new(head.Labels, head.BaseLabels, head.EmbeddingSize, head.Buckets, at);
                Array.Clear(gradient);
                var loss = 0.0;
                foreach (var sample in samples)
                {
                    sample.Start.CopyTo(slope, 0);
                    trial.Correct(sample.Embedding, sample.Rows, sample.Weights, slope);
                    loss += SlopeOf(sample, slope);
                    AddTo(gradient, labels, sample, slope);
                }

                var (constant, words) = (head.EmbeddingSize * labels, (head.EmbeddingSize + 1) * labels);
                return loss + Shrink(at.AsSpan(0, constant), EmbeddingRidge, gradient)
                    + Shrink(at.AsSpan(constant, labels), ConstantRidge, gradient.AsSpan(constant))
                    + Shrink(at.AsSpan(words), WordRidge, gradient.AsSpan(words));
            },
            Steps, Tolerance, ct);
    }

    /// <returns>What the weights cost by their size; its slope is added to the gradient.</returns>
    private static double Shrink(ReadOnlySpan<float> weights, float ridge, Span<float> gradient)
    {
        Vec.AddScaled(weights, ridge, gradient[..weights.Length]);
        return ridge / 2 * Vec.Dot(weights, weights);
    }

    /// <summary>Turns scores into the slope of the loss along them.</summary>
    /// <returns>The loss.</returns>
    private static double SlopeOf(Sample sample, float[] scores)
    {
        var own = scores[sample.Label];
        var log = Vec.Softmax(scores);
        if (sample.Means)
        {
            scores[sample.Label] -= 1;
            Scale(scores, sample.Weight);
            return sample.Weight * (log - own);
        }

        var rest = MathF.Max(1 - scores[sample.Label], 1e-4f);
        var factor = sample.Weight * scores[sample.Label] / rest;
        Scale(scores, -factor);
        scores[sample.Label] += factor;
        return -sample.Weight * MathF.Log(rest);
    }

    private static void AddTo(float[] gradient, int labels, Sample sample, float[] slope)
    {
        for (var i = 0; i < sample.Embedding.Length; i++)
        {
            Vec.AddScaled(slope, sample.Embedding[i], gradient.AsSpan(i * labels, labels));
        }

        Vec.AddScaled(slope, 1, gradient.AsSpan(sample.Embedding.Length * labels, labels));
        for (var i = 0; i < sample.Rows.Length; i++)
        {
            Vec.AddScaled(slope, sample.Weights[i], gradient.AsSpan(sample.Rows[i] * labels, labels));
        }
    }

    private static void Scale(float[] vector, float by)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= by;
        }
    }

    private sealed record Sample(float[] Start, float[] Embedding, int[] Rows, float[] Weights, int Label, bool Means, float Weight);
}
