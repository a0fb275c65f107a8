using System.Security.Cryptography;
using System.Text;
using SmartService.Engine.Understanding;

namespace SmartService.Intent.Learning;

/// <summary>How a tenant's model is stored: labels, hash buckets and weights of 16 bits, then the SHA-256 of all before. It holds no text of a shopper.</summary>
internal static class TenantModelFile
{
    private const uint Magic = 0x4D545353; // "SSTM"
    private const int Version = 1;

    public static TenantModel Write(string baseModel, TenantHead head)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(baseModel);
            writer.Write(head.Labels.Count);
            writer.Write(head.BaseLabels);
            writer.Write(head.EmbeddingSize);
            writer.Write(head.Buckets.Length);
            foreach (var label in head.Labels)
            {
                writer.Write(label);
            }

            foreach (var bucket in head.Buckets)
            {
                writer.Write(bucket);
            }

            foreach (var weight in head.Weights)
            {
                writer.Write((Half)weight);
            }
        }

        var content = stream.ToArray();
        // Read back: what is judged is what will answer, rounding included.
        return Read((byte[])[.. content, .. SHA256.HashData(content)]);
    }

    /// <exception cref="UnderstandingException">It is damaged or of an unknown format.</exception>
    public static TenantModel Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length <= SHA256.HashSizeInBytes
            || !SHA256.HashData(file.Span[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file.Span[^SHA256.HashSizeInBytes..]))
        {
            throw new UnderstandingException("The tenant's model is damaged: its content does not match its own hash.");
        }

        using var reader = new BinaryReader(new MemoryStream(file[..^SHA256.HashSizeInBytes].ToArray()), Encoding.UTF8);
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version)
        {
            throw new UnderstandingException("The tenant's model is of a format this program does not know.");
        }

        var baseModel = reader.ReadString();
        var (labels, baseLabels, size, words) = (new string[reader.ReadInt32()], reader.ReadInt32(), reader.ReadInt32(), new int[reader.ReadInt32()]);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadString();
        }

        for (var i = 0; i < words.Length; i++)
        {
            words[i] = reader.ReadInt32();
        }

        var weights = new float[(size + 1 + words.Length) * labels.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)reader.ReadHalf();
        }

        var hash = Convert.ToHexStringLower(file.Span[^SHA256.HashSizeInBytes..]);
        return new(hash, baseModel, file, new(labels, baseLabels, size, words, weights));
    }
}
