using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SmartService.Backoffice.Members;

/// <summary>Random texts that are shown once and kept as hashes. They have 256 random bits, so a slow hash adds nothing.</summary>
public static class Secret
{
    private const int RandomBytes = 32;
    private const int MaxLength = 100;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>SHA-256, hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public static bool LooksLikeOne(string? text) => text is { Length: > 20 and <= MaxLength };
}
