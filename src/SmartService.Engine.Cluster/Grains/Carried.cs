using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace SmartService.Engine.Cluster.Grains;

/// <summary>
/// A command, event or state on its way between processes. All of them are immutable: within one process the object itself is
/// handed over; between two it travels as JSON under a name that is not its class's.
/// </summary>
[Immutable]
public sealed class Carried(object value)
{
    public object Value { get; } = value;

    /// <summary>Its JSON, where it is at hand: what an entity decided was written for the journal a moment ago.</summary>
    internal byte[]? Json { get; init; }
}

[RegisterSerializer]
internal sealed class CarriedCodec(CarriedFormats formats) : IFieldCodec<Carried>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Carried? value)
        where TBufferWriter : System.Buffers.IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        var bytes = formats.Write(value!);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(Carried), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    public Carried ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
        {
            return ReferenceCodec.ReadReference<Carried, TInput>(ref reader, field)!;
        }

        field.EnsureWireType(WireType.LengthPrefixed);
        var length = reader.ReadVarUInt32();
        var carried = new Carried(formats.Read(reader.TryReadBytes((int)length, out var bytes) ? bytes : reader.ReadBytes(length)));
        ReferenceCodec.RecordObject(reader.Session, carried);
        return carried;
    }
}

[RegisterCopier]
internal sealed class CarriedCopier : IDeepCopier<Carried>, IOptionalDeepCopier
{
    public bool IsShallowCopyable() => true;

    [return: NotNullIfNotNull(nameof(input))]
    public Carried? DeepCopy(Carried? input, CopyContext context) => input;
}
