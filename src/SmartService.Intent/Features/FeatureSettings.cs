using System.Globalization;

namespace SmartService.Intent.Features;

/// <summary>How text becomes hashed features. Part of a model: the same settings must be used to train and to score.</summary>
/// <param name="BucketBits">Log2 of the number of hash buckets, 12 to 20.</param>
/// <param name="MaxChars">Text is cut here, in UTF-16 units, 16 to 4,000.</param>
/// <param name="MaxFeatures">Features of one message at most, 64 to 4,096; later ones are left out.</param>
public sealed record FeatureSettings(int BucketBits = 18, int MaxChars = 400, int MaxFeatures = 768)
{
    /// <summary>Raised when the same text would give other features; models of another version are refused.</summary>
    public const int Version = 2;

    public int Buckets => 1 << BucketBits;

    public string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{Version} {BucketBits} {MaxChars} {MaxFeatures}");

    /// <exception cref="FormatException">Not written by <see cref="ToText"/> of this version, or out of range.</exception>
    public static FeatureSettings Parse(string text)
    {
        var parts = text.Split(' ').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        if (parts is not [Version, >= 12 and <= 20, >= 16 and <= 4_000, >= 64 and <= 4_096])
        {
            throw new FormatException($"Feature settings '{text}' are not of version {Version}.");
        }

        return new(parts[1], parts[2], parts[3]);
    }
}
