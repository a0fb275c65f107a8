using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>
/// An intent model in use: one shared session, scored on the caller's thread with pooled, pre-allocated buffers. Another model
/// may take its place while calls are under way. Thread-safe.
/// </summary>
public sealed class IntentScorer : IDisposable
{
    private readonly int _contextLimit;
    private readonly TimeSpan _callLimit;
    private LoadedModel _model;
    private int _disposed;

    private IntentScorer(LoadedModel model, int contextLimit, TimeSpan callLimit) =>
        (_model, _contextLimit, _callLimit) = (model, contextLimit, callLimit);

    public string Path => _model.Path;

    /// <summary>SHA-256 of the file's content, hex.</summary>
    public string Hash => _model.Hash;

    public IReadOnlyDictionary<string, string> Metadata => _model.Metadata;

    /// <summary>Labels in the order of the scores; a model put in its place has the same.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>A model put in its place has the same.</summary>
    public int EmbeddingSize => _model.EmbeddingSize;

    /// <exception cref="IntentModelException">The file is missing, damaged or of another format.</exception>
    public static IntentScorer Open(string path)
    {
        var options = new IntentOptions();
        return Open(path, options.KeptContexts, options.CallLimit);
    }

    internal static IntentScorer Open(string path, int contextLimit, TimeSpan callLimit) =>
        new(LoadedModel.Open(path, contextLimit, callLimit), contextLimit, callLimit);

    /// <summary>Puts another model in place. Calls under way finish with the former one, whose memory is freed after the last; nobody waits.</summary>
    /// <exception cref="IntentModelException">The file cannot be used, or has other labels or another embedding size; the former model stays.</exception>
    public void Replace(string path)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var next = LoadedModel.Open(path, _contextLimit, _callLimit);
        if (next.EmbeddingSize != EmbeddingSize || !next.Labels.SequenceEqual(Labels))
        {
            next.Dispose();
            throw new IntentModelException(
                $"Model file {path} has other labels or another embedding size than the model in use. Restart to change those.");
        }

        Interlocked.Exchange(ref _model, next).Dispose();
    }

    /// <summary>Scores one message.</summary>
    /// <param name="text">Any UTF-16; cut to what the model reads.</param>
    /// <param name="probabilities">Filled: one a label, in [0, 1], summing to 1 ± 1e-4.</param>
    /// <param name="embedding">Filled: length 1, or all zero for a message without any known feature. May be empty to skip.</param>
    /// <returns>Out-of-scope score in [0, 1].</returns>
    /// <exception cref="Engine.Understanding.UnderstandingException">The model failed, took too long or gave no number.</exception>
    public float Score(ReadOnlySpan<char> text, Span<float> probabilities, Span<float> embedding)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, Labels.Count);
        var model = Enter(out var context);
        try
        {
            return context.Score(text, probabilities, embedding);
        }
        finally
        {
            model.Leave(context);
        }
    }

    /// <summary>Scores messages, up to <see cref="DenseRun.Most"/> in one run of the session.</summary>
    /// <param name="probabilities">Filled message after message.</param>
    /// <param name="outOfScope">One a message.</param>
    /// <param name="embeddings">Filled message after message; may be empty to skip.</param>
    /// <exception cref="Engine.Understanding.UnderstandingException">The model failed, took too long or gave no number.</exception>
    public void ScoreBatch(ReadOnlySpan<string> texts, Span<float> probabilities, Span<float> outOfScope, Span<float> embeddings)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, texts.Length * Labels.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outOfScope.Length, texts.Length);
        var model = Enter(out var context);
        try
        {
            var (labels, size) = (Labels.Count, EmbeddingSize);
            for (var start = 0; start < texts.Length; start += DenseRun.Most)
            {
                var count = Math.Min(DenseRun.Most, texts.Length - start);
                context.ScoreBatch(
                    texts.Slice(start, count),
                    probabilities.Slice(start * labels, count * labels),
                    outOfScope.Slice(start, count),
                    embeddings.IsEmpty ? [] : embeddings.Slice(start * size, count * size));
            }
        }
        finally
        {
            model.Leave(context);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _model.Dispose();
        }
    }

    private LoadedModel Enter(out ScoringContext context)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            // A model retired between the two steps is gone; its successor is there already.
            var model = Volatile.Read(ref _model);
            if (model.TryEnter(out context))
            {
                return model;
            }
        }
    }
}
