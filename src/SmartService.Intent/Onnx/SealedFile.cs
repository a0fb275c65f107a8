using System.Globalization;

namespace SmartService.Intent.Onnx;

/// <summary>The checks every model file passes before anything of it is used: it can be read, is whole, and is what was asked for.</summary>
internal static class SealedFile
{
    /// <returns>The content, and its SHA-256 in hex.</returns>
    /// <exception cref="IntentModelException">The file is missing or damaged.</exception>
    public static (byte[] Content, string Hash) Read(string path, string remedy)
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
        return (bytes, hash);
    }

    /// <exception cref="IntentModelException">The metadata name another kind or format.</exception>
    public static void CheckKind(IReadOnlyDictionary<string, string> metadata, string path, string kind, int format, string remedy)
    {
        var wanted = (kind, format.ToString(CultureInfo.InvariantCulture));
        var found = (metadata.GetValueOrDefault("kind"), metadata.GetValueOrDefault("format"));
        if (found != wanted)
        {
            throw new IntentModelException(
                $"Model file {path} is a '{found.Item1}' model of format {found.Item2}; a '{kind}' model of format {format} is needed. {remedy}");
        }
    }
}
