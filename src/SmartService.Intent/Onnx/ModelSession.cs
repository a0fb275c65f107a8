using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace SmartService.Intent.Onnx;

/// <summary>Opens a model file after checking that it is whole, of the right kind and of a known format.</summary>
internal static class ModelSession
{
    /// <exception cref="IntentModelException">The file cannot be used.</exception>
    public static (InferenceSession Session, IReadOnlyDictionary<string, string> Metadata, string Hash) Open(
        string path, string kind, int format, string remedy)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IntentModelException($"Model file {path} cannot be read: {e.Message} {remedy}", e);
        }

        var hash = ModelSeal.Verify(bytes)
            ?? throw new IntentModelException($"Model file {path} is damaged: its content does not match its own hash. {remedy}");
        try
        {
            RuntimeTelemetry.SwitchOff();
            var session = new InferenceSession(bytes, Options());
            var metadata = session.ModelMetadata.CustomMetadataMap;
            var wanted = (kind, format.ToString(CultureInfo.InvariantCulture));
            var found = (metadata.GetValueOrDefault("kind"), metadata.GetValueOrDefault("format"));
            if (found != wanted)
            {
                session.Dispose();
                throw new IntentModelException($"Model file {path} is a '{found.Item1}' model of format {found.Item2}; "
                    + $"a '{kind}' model of format {format} is needed. {remedy}");
            }

            return (session, metadata, hash);
        }
        catch (OnnxRuntimeException e)
        {
            throw new IntentModelException($"Model file {path} does not load: {e.Message} {remedy}", e);
        }
    }

    /// <summary>A session over a graph in memory.</summary>
    /// <exception cref="OnnxRuntimeException">The graph is faulty.</exception>
    public static InferenceSession Create(byte[] graph) => new(graph, Options());

    private static SessionOptions Options() => new()
    {
        // Callers are the parallelism; one thread a call keeps the tail short.
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        EnableCpuMemArena = true,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };
}
