using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>An intent model in use: one shared session, scored on the caller's thread with pooled, pre-allocated buffers. Thread-safe.</summary>
/// <remarks>
/// No queue stands before the session. A call takes some 30 µs; handing it to another thread to be batched costs more than
/// batching saves, and waiting for company is never free (docs/performance.md has single calls and batches measured).
/// </remarks>
public sealed class IntentScorer : IDisposable
{
    private const string Remedy = "Restore the file, or build it again with './smart train shipped'.";
    private readonly InferenceSession _session;
    private readonly Vocabulary _vocabulary;
    private readonly ConcurrentBag<ScoringContext> _idle = [];
    private readonly int _contextLimit;
    private int _disposed;

    private IntentScorer(
        string path, InferenceSession session, Vocabulary vocabulary, IReadOnlyDictionary<string, string> metadata, string hash, int contextLimit)
    {
        Path = path;
        Hash = hash;
        Metadata = metadata;
        Labels = metadata["labels"].Split('\n');
        EmbeddingSize = session.OutputMetadata["embedding"].Dimensions[1];
        _session = session;
        _vocabulary = vocabulary;
        _contextLimit = contextLimit;
    }

    public string Path { get; }

    /// <summary>SHA-256 of the file's content, hex.</summary>
    public string Hash { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Labels in the order of the scores.</summary>
    public IReadOnlyList<string> Labels { get; }

    public int EmbeddingSize { get; }

    /// <exception cref="IntentModelException">The file is missing, damaged or of another format.</exception>
    public static IntentScorer Open(string path) => Open(path, 4 * Environment.ProcessorCount);

    internal static IntentScorer Open(string path, int contextLimit)
    {
        var (session, metadata, hash) = ModelSession.Open(path, IntentModelFile.Kind, IntentModelFile.FormatVersion, Remedy);
        try
        {
            var scorer = new IntentScorer(path, session, IntentModelFile.ReadVocabulary(metadata), metadata, hash, contextLimit);
            scorer.Check();
            return scorer;
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or EndOfStreamException or InvalidDataException)
        {
            session.Dispose();
            throw new IntentModelException($"Model file {path} has unusable metadata: {e.Message} {Remedy}", e);
        }
    }

    /// <summary>Scores one message.</summary>
    /// <param name="text">Any UTF-16; cut to what the model reads.</param>
    /// <param name="probabilities">Filled: one a label, in [0, 1], summing to 1 ± 1e-4.</param>
    /// <param name="embedding">Filled: length 1, or all zero for a message without any known feature. May be empty to skip.</param>
    /// <returns>Out-of-scope score in [0, 1].</returns>
    /// <exception cref="Engine.Understanding.UnderstandingException">The model gave no number.</exception>
    public float Score(ReadOnlySpan<char> text, Span<float> probabilities, Span<float> embedding)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, Labels.Count);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var context = Rent();
        try
        {
            return context.Score(text, probabilities, embedding);
        }
        finally
        {
            Return(context);
        }
    }

    /// <summary>Scores messages in one run of the graph.</summary>
    /// <param name="probabilities">Filled message after message.</param>
    /// <param name="outOfScope">One a message.</param>
    public void ScoreBatch(IReadOnlyList<string> texts, Span<float> probabilities, Span<float> outOfScope)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, texts.Count * Labels.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outOfScope.Length, texts.Count);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var context = Rent();
        try
        {
            context.ScoreBatch(texts, probabilities, outOfScope);
        }
        finally
        {
            Return(context);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            while (_idle.TryTake(out var context))
            {
                context.Dispose();
            }

            _session.Dispose();
        }
    }

    private ScoringContext Rent() =>
        _idle.TryTake(out var context) ? context : new(_session, _vocabulary, Labels.Count, EmbeddingSize, Path);

    private void Return(ScoringContext context)
    {
        if (_idle.Count < _contextLimit && Volatile.Read(ref _disposed) == 0)
        {
            _idle.Add(context);
        }
        else
        {
            context.Dispose();
        }
    }

    /// <summary>Runs the graph once for every message length class, so that the first shopper does not wait for it.</summary>
    private void Check()
    {
        var probabilities = new float[Labels.Count];
        var embedding = new float[EmbeddingSize];
        for (var length = 8; length <= _vocabulary.Settings.MaxChars; length *= 2)
        {
            Score(string.Concat(Enumerable.Repeat("warm ", length)).AsSpan(0, length), probabilities, embedding);
        }
    }
}
