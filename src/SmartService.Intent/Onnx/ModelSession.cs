using Microsoft.ML.OnnxRuntime;

namespace SmartService.Intent.Onnx;

/// <summary>Opens a model file after checking that it is whole, of the right kind and of a known format.</summary>
internal static class ModelSession
{
    /// <exception cref="IntentModelException">The file cannot be used.</exception>
    public static (InferenceSession Session, IReadOnlyDictionary<string, string> Metadata, string Hash) Open(
        string path, string kind, int format, string remedy)
    {
        var (bytes, hash) = SealedFile.Read(path, remedy);
        try
        {
            RuntimeTelemetry.SwitchOff();
            var session = new InferenceSession(bytes, Options());
            var metadata = session.ModelMetadata.CustomMetadataMap;
            try
            {
                SealedFile.CheckKind(metadata, path, kind, format, remedy);
            }
            catch (IntentModelException)
            {
                session.Dispose();
                throw;
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
