using System.Buffers;
using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Understanding;
using SmartService.Intent.Features;
using SmartService.Intent.Training;

namespace SmartService.Intent.Learning;

/// <summary>Tenants' own models in use, each a linear head behind the one shared session of the shipped model.</summary>
/// <remarks>
/// A head is arrays and nothing else: a thousand tenants cost a thousand heads of some 200 kB, not a thousand sessions; putting
/// one in is one write of a reference, and whoever reads a message with the former one keeps it until done.
/// </remarks>
internal sealed class TenantModels(IntentScorer scorer) : ITenantModels
{
    private const int TopCount = 5;
    private static readonly FeatureSettings Features = new();
    private readonly ConcurrentDictionary<TenantId, TenantModel> _live = new();
    private readonly ConcurrentBag<Scratch> _idle = [];

    public string BaseModel => scorer.Hash;

    public ITenantModel Train(IReadOnlyList<Lesson> lessons, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lessons.Count, Lesson.Most);
        return TenantModelFile.Write(scorer.Hash, new TenantHeadTrainer(scorer, Features).Train(lessons, ct));
    }

    public ITenantModel Read(ReadOnlyMemory<byte> file) => TenantModelFile.Read(file);

    public void Use(TenantId tenant, ITenantModel? model)
    {
        if (model is null)
        {
            _live.TryRemove(tenant, out _);
        }
        else if (model is TenantModel own && own.BaseModel == BaseModel && own.Head.EmbeddingSize == scorer.EmbeddingSize && own.Head.BaseLabels == scorer.Labels.Count)
        {
            _live[tenant] = own;
        }
        else
        {
            throw new ArgumentException("The model was made for another shipped model.", nameof(model));
        }
    }

    /// <summary>A head answers only over the shipped model it was made for: when that one is replaced, heads rest until trained again.</summary>
    public ITenantModel? LiveOf(TenantId tenant) => _live.TryGetValue(tenant, out var own) && own.BaseModel == BaseModel ? own : null;

    public MessageUnderstanding Understand(ITenantModel? model, string text)
    {
        var head = (model as TenantModel)?.Head;
        var labels = head?.Labels ?? scorer.Labels;
        var rented = ArrayPool<float>.Shared.Rent(scorer.Labels.Count + labels.Count);
        try
        {
            var shipped = rented.AsSpan(0, scorer.Labels.Count);
            var embedding = new float[scorer.EmbeddingSize];
            var outOfScope = scorer.Score(text, shipped, embedding);
            var scores = head is null ? shipped : rented.AsSpan(scorer.Labels.Count, labels.Count);
            if (head is not null)
            {
                outOfScope = Correct(head, text, shipped, embedding, outOfScope, scores);
            }

            var name = model is null ? null : $"intents@{scorer.Hash[..12]}+tenant@{model.Hash[..12]}";
            return new(Top(scores, labels), outOfScope, embedding, Script.LanguageOf(text) ?? "en", name);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Fills the corrected probabilities; the out-of-scope score moves by as many log-odds as the intent of that name does.</summary>
    private float Correct(TenantHead head, string text, ReadOnlySpan<float> shipped, float[] embedding, float outOfScope, Span<float> scores)
    {
        var scratch = _idle.TryTake(out var idle) ? idle : new();
        scratch.Extraction.Extract(text);
        var words = head.Words(scratch.Extraction, scratch.Rows, scratch.Weights);
        head.Start(shipped, scores);
        head.Correct(embedding, scratch.Rows.AsSpan(0, words), scratch.Weights.AsSpan(0, words), scores);
        _idle.Add(scratch);
        Vec.Softmax(scores);
        if (!float.IsFinite(scores[0]))
        {
            throw new UnderstandingException("A tenant's model scored a message with something that is not a number.");
        }

        var outside = scorer.Labels.Count - 1;
        return scorer.Labels[outside] != Intents.OutOfScope.Value
            ? outOfScope
            : Sigmoid(LogOdds(outOfScope) + LogOdds(scores[outside]) - LogOdds(shipped[outside]));
    }

    private static float LogOdds(float probability)
    {
        var p = Math.Clamp(probability, 1e-6f, 1 - 1e-6f);
        return MathF.Log(p / (1 - p));
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    private static IntentScore[] Top(Span<float> scores, IReadOnlyList<string> labels)
    {
        var top = new IntentScore[Math.Min(TopCount, scores.Length)];
        for (var rank = 0; rank < top.Length; rank++)
        {
            var best = 0;
            for (var i = 1; i < scores.Length; i++)
            {
                best = scores[i] > scores[best] ? i : best;
            }

            top[rank] = new(new(labels[best]), scores[best]);
            scores[best] = -1;
        }

        return top;
    }

    private sealed class Scratch
    {
        public FeatureExtraction Extraction { get; } = new(Features);

        public int[] Rows { get; } = new int[Features.MaxFeatures];

        public float[] Weights { get; } = new float[Features.MaxFeatures];
    }
}
