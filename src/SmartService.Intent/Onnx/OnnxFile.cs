using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace SmartService.Intent.Onnx;

/// <summary>What a model file holds beside its graph: metadata and constants by name. Reads just the fields that <see cref="OnnxGraph"/> writes.</summary>
internal sealed class OnnxFile
{
    private const int GraphField = 7;
    private const int MetadataField = 14;
    private const int ConstantField = 5;
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private OnnxFile(string hash) => Hash = hash;

    /// <summary>SHA-256 of the content, hex.</summary>
    public string Hash { get; }

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <exception cref="KeyNotFoundException">The file has no constant of that name.</exception>
    public OnnxTensor this[string constant] => _constants[constant];

    /// <exception cref="IntentModelException">The file is missing, damaged, or of another kind or format.</exception>
    public static OnnxFile Open(string path, string kind, int format, string remedy)
    {
        var (bytes, hash) = SealedFile.Read(path, remedy);
        var file = new OnnxFile(hash);
        file.Read(bytes);
        SealedFile.CheckKind(file.Metadata, path, kind, format, remedy);
        return file;
    }

    private void Read(ReadOnlyMemory<byte> model)
    {
        foreach (var (field, content) in Fields(model))
        {
            if (field == MetadataField)
            {
                var entry = Fields(content).ToDictionary(f => f.Field, f => Encoding.UTF8.GetString(f.Content.Span));
                _metadata[entry[1]] = entry.GetValueOrDefault(2, "");
            }
            else if (field == GraphField)
            {
                foreach (var (_, tensor) in Fields(content).Where(f => f.Field == ConstantField))
                {
                    var parts = Fields(tensor).ToLookup(f => f.Field, f => f.Content);
                    _constants[Encoding.UTF8.GetString(parts[8].Single().Span)] = new([.. parts[1].Select(Number)], parts[9].Single());
                }
            }
        }
    }

    private static long Number(ReadOnlyMemory<byte> content) => BinaryPrimitives.ReadInt64LittleEndian(content.Span);

    /// <summary>Fields of one message; a number comes as eight bytes.</summary>
    private static IEnumerable<(int Field, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message.Span, ref at);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    var number = new byte[8];
                    BinaryPrimitives.WriteUInt64LittleEndian(number, Varint(message.Span, ref at));
                    yield return (field, number);
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    yield return (field, message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7} is not one that models are written with.");
            }
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>One constant of a model file.</summary>
internal sealed record OnnxTensor(long[] Shape, ReadOnlyMemory<byte> Content)
{
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Content.Span);
}
