using System.Security.Cryptography;

namespace SmartService.Intent.Onnx;

/// <summary>
/// The last field of a model file is a metadata entry of fixed length that holds the SHA-256 of everything before it: still a
/// plain ONNX file, and one flipped bit is noticed before the model answers anything.
/// </summary>
public static class ModelSeal
{
    private const string Key = "sha256";
    private const int HexLength = 64;
    private static readonly int Length = Entry(new string('0', HexLength)).Length;

    public static byte[] Seal(ReadOnlySpan<byte> model) => [.. model, .. Entry(Convert.ToHexStringLower(SHA256.HashData(model)))];

    /// <returns>The content hash in hex, or null when the file is damaged or was not written by this product.</returns>
    public static string? Verify(ReadOnlySpan<byte> file)
    {
        if (file.Length <= Length)
        {
            return null;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(file[..^Length]));
        return file[^Length..].SequenceEqual(Entry(hash)) ? hash : null;
    }

    private static byte[] Entry(string hash) =>
        new ProtoWriter().Message(14, new ProtoWriter().Text(1, Key).Text(2, hash)).Written.ToArray();
}
