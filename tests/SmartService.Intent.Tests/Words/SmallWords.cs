using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SmartService.Intent.Tests.Words;

/// <summary>A table of a few words of four topics, written as build/words writes one: words of a topic lie near each other.</summary>
internal static class SmallWords
{
    public const int Size = 8;

    public static readonly IReadOnlyDictionary<string, string[]> Topics = new Dictionary<string, string[]>
    {
        ["clothes"] = ["shoes", "jacket", "shirt", "dress", "boots"],
        ["money"] = ["refund", "payment", "invoice", "price", "bill"],
        ["parcel"] = ["parcel", "package", "courier", "carrier", "shipment"],
        ["device"] = ["phone", "charger", "laptop", "keyboard", "battery"],
    };

    public static byte[] File { get; } = Write();

    private static byte[] Write()
    {
        var words = Topics.Values.SelectMany(topic => topic).ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(string.Join('\n', words)));
        }

        var head = new byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(head, words.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), Size);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), (int)packed.Length);
        var vectors = words.SelectMany((_, word) => Enumerable.Range(0, Size).Select(i => (byte)(i == word / 5 ? 120 : i == 4 + (word % 4) ? 20 : 0)));
        byte[] body = [.. "SSWORDS1"u8, .. head, .. packed.ToArray(), .. vectors];
        return [.. body, .. SHA256.HashData(body)];
    }
}
