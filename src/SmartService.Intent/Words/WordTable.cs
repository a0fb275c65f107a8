using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Words;

/// <summary>Words of a language, the most common first, each with a vector of length 1: words of like meaning lie near each other.</summary>
/// <remarks>
/// File: the eight letters of <see cref="Magic"/>; three int32, little-endian: words, numbers a word, bytes of text; the words, a line
/// each, as Brotli; eight bits a number, word after word; SHA-256 of all before. Made by build/words; read
/// when a model is trained, never when one answers.
/// </remarks>
public sealed class WordTable
{
    private const string Remedy = "Build it again: build/words/README.md.";
    private const int HeadBytes = 20;
    private const int MaxWords = 1_000_000;
    private const int MaxSize = 1_024;
    private static readonly byte[] Magic = "SSWORDS1"u8.ToArray();
    private readonly float[] _vectors;
    private readonly Dictionary<string, int> _index;

    private WordTable(string[] words, int size, float[] vectors, string hash)
    {
        Words = words;
        Hash = hash;
        Size = size;
        _vectors = vectors;
        _index = new(words.Length, StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            _index.TryAdd(words[i], i);
        }
    }

    /// <summary>Lower-case words without apostrophes, the most common first.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Numbers of a vector.</summary>
    public int Size { get; }

    public ReadOnlySpan<float> Vector(int word) => _vectors.AsSpan(word * Size, Size);

    /// <returns>Where the word is in <see cref="Words"/>, or -1.</returns>
    public int IndexOf(string word) => _index.GetValueOrDefault(word, -1);

    /// <summary>SHA-256 of the content, hex.</summary>
    public string Hash { get; }

    /// <exception cref="IntentModelException">There is no such file, it is not a table, or not whole.</exception>
    public static WordTable Open(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IntentModelException($"Word table {path} cannot be read: {e.Message} {Remedy}", e);
        }
    }

    /// <param name="file">Content of a table file.</param>
    /// <param name="name">What a message calls it.</param>
    /// <exception cref="IntentModelException">The content is not a table, or not whole.</exception>
    public static WordTable Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < HeadBytes + SHA256.HashSizeInBytes || !file.StartsWith(Magic))
        {
            throw new IntentModelException($"Word table {name} is not a table of words. {Remedy}");
        }

        var body = file[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
        {
            throw new IntentModelException($"Word table {name} is damaged: its content does not match its own hash. {Remedy}");
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(body[Magic.Length..]);
        var size = BinaryPrimitives.ReadInt32LittleEndian(body[(Magic.Length + sizeof(int))..]);
        var textBytes = BinaryPrimitives.ReadInt32LittleEndian(body[(Magic.Length + (2 * sizeof(int)))..]);
        var vectors = body.Length - HeadBytes - (long)textBytes;
        if (count is < 1 or > MaxWords || size is < 1 or > MaxSize || textBytes < 0 || vectors != (long)count * size)
        {
            throw new IntentModelException($"Word table {name} says {count} words of {size} numbers, but holds something else. {Remedy}");
        }

        var words = TextOf(body.Slice(HeadBytes, textBytes)).Split('\n');
        return words.Length == count
            ? new(words, size, Unit(MemoryMarshal.Cast<byte, sbyte>(body[(HeadBytes + textBytes)..]), size), Convert.ToHexStringLower(file[^SHA256.HashSizeInBytes..]))
            : throw new IntentModelException($"Word table {name} says {count} words but names {words.Length}. {Remedy}");
    }

    private static string TextOf(ReadOnlySpan<byte> packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static float[] Unit(ReadOnlySpan<sbyte> numbers, int size)
    {
        var vectors = new float[numbers.Length];
        for (var start = 0; start < numbers.Length; start += size)
        {
            var squares = 0;
            for (var i = start; i < start + size; i++)
            {
                squares += numbers[i] * numbers[i];
            }

            var scale = squares == 0 ? 0 : 1 / MathF.Sqrt(squares);
            for (var i = start; i < start + size; i++)
            {
                vectors[i] = numbers[i] * scale;
            }
        }

        return vectors;
    }
}
