using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using SmartService.Domain;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;
using SmartService.Intent.Training;

namespace SmartService.Intent;

/// <summary>One model file in memory. Lives until it is retired and the last call in it is done.</summary>
internal sealed class LoadedModel : IDisposable
{
    private const string Remedy = "Restore the file, or build it again with './smart train shipped'.";
    private readonly ConcurrentBag<ScoringContext> _idle = [];
    private readonly ConcurrentDictionary<ScoringContext, byte> _all = [];
    private readonly Timer _watch;
    private readonly int _contextLimit;
    private readonly long _callLimitMilliseconds;
    private int _users = 1; // The owner counts as one: it leaves by Dispose.
    private int _retired;

    private LoadedModel(string path, OnnxFile file, InferenceSession session, int contextLimit, TimeSpan callLimit)
    {
        (Path, Hash, Metadata, Session) = (path, file.Hash, file.Metadata, session);
        Labels = file.Metadata["labels"].Split('\n');
        Vocabulary = IntentModelFile.ReadVocabulary(file.Metadata);
        BagBias = file[IntentModelFile.BagBias].As<float>().ToArray();
        LogitBias = file[IntentModelFile.LogitBias].As<float>().ToArray();
        Scope = new(file[IntentModelFile.ScopeWeight].As<float>().ToArray(), file[IntentModelFile.ScopeBias].As<float>()[0]);
        Table = FeatureTable.Read(file, Vocabulary.Rows, EmbeddingSize, Labels.Count);
        HasOutOfScope = Labels[^1] == Intents.OutOfScope.Value;
        _contextLimit = contextLimit;
        _callLimitMilliseconds = (long)callLimit.TotalMilliseconds;
        _watch = new(_ => StopLateCalls(), null, callLimit, callLimit / 4);
    }

    public string Path { get; }

    public string Hash { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyList<string> Labels { get; }

    public InferenceSession Session { get; }

    public Vocabulary Vocabulary { get; }

    public FeatureTable Table { get; }

    public float[] BagBias { get; }

    public float[] LogitBias { get; }

    public ScopeWeights Scope { get; }

    public bool HasOutOfScope { get; }

    public int EmbeddingSize => BagBias.Length;

    /// <exception cref="IntentModelException">The file is missing, damaged, of another format, or does not score.</exception>
    public static LoadedModel Open(string path, int contextLimit, TimeSpan callLimit)
    {
        InferenceSession? session = null;
        try
        {
            var file = OnnxFile.Open(path, IntentModelFile.Kind, IntentModelFile.FormatVersion, Remedy);
            var members = Enumerable.Range(0, int.Parse(file.Metadata["members"], CultureInfo.InvariantCulture));
            session = ModelSession.Create(DenseGraph.Write([.. members.Select(member => DenseLayers.Read(file, member))]));
            var model = new LoadedModel(path, file, session, contextLimit, callLimit);
            model.Warm();
            return model;
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException or IOException or InvalidDataException
            or ArgumentException or IndexOutOfRangeException or OnnxRuntimeException or Engine.Understanding.UnderstandingException)
        {
            session?.Dispose();
            throw new IntentModelException($"Model file {path} is unusable: {e.Message} {Remedy}", e);
        }
    }

    /// <returns>False when the model is retired and gone.</returns>
    public bool TryEnter(out ScoringContext context)
    {
        if (!TryAddUser())
        {
            context = null!;
            return false;
        }

        if (!_idle.TryTake(out context!))
        {
            context = new(this);
            _all[context] = 0;
        }

        return true;
    }

    public void Leave(ScoringContext context)
    {
        if (!context.IsBroken && _idle.Count < _contextLimit)
        {
            _idle.Add(context);
        }
        else if (_all.TryRemove(context, out _))
        {
            context.Dispose();
        }

        RemoveUser();
    }

    /// <summary>Lets calls under way finish; the last of them frees the memory.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _retired, 1) == 0)
        {
            RemoveUser();
        }
    }

    private bool TryAddUser()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    private void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        _watch.Dispose();
        foreach (var context in _all.Keys)
        {
            context.Dispose();
        }

        Session.Dispose();
        Table.Dispose();
    }

    private void StopLateCalls()
    {
        var latest = Environment.TickCount64 - _callLimitMilliseconds;
        foreach (var (context, _) in _all)
        {
            if (context.StartedAt is > 0 and var started && started < latest)
            {
                context.Stop();
            }
        }
    }

    /// <summary>Scores messages of every length once, so that the first shopper does not wait for what is made on first use.</summary>
    private void Warm()
    {
        var probabilities = new float[Labels.Count];
        var embedding = new float[EmbeddingSize];
        TryEnter(out var context);
        for (var length = 8; length <= Vocabulary.Settings.MaxChars; length *= 2)
        {
            context.Score(string.Concat(Enumerable.Repeat("warm ", length)).AsSpan(0, length), probabilities, embedding);
        }

        Leave(context);
    }
}
