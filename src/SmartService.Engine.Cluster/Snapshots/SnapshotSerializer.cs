using System.Buffers.Binary;
using System.Text;
using Orleans.Storage;

namespace SmartService.Engine.Cluster.Snapshots;

/// <summary>Writes a snapshot as its version, its schema and its bytes as they are: the state has a codec of its own.</summary>
internal sealed class SnapshotSerializer : IGrainStorageSerializer
{
    private const int Header = sizeof(long) + sizeof(ushort);

    public BinaryData Serialize<T>(T? input)
    {
        var snapshot = (SnapshotState)(object)input!;
        var schema = Encoding.UTF8.GetByteCount(snapshot.Schema);
        var bytes = new byte[Header + schema + snapshot.Data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, snapshot.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(sizeof(long)), checked((ushort)schema));
        Encoding.UTF8.GetBytes(snapshot.Schema, bytes.AsSpan(Header));
        snapshot.Data.CopyTo(bytes, Header + schema);
        return new(bytes);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory().Span;
        var schema = BinaryPrimitives.ReadUInt16LittleEndian(bytes[sizeof(long)..]);
        return (T)(object)new SnapshotState
        {
            Version = BinaryPrimitives.ReadInt64LittleEndian(bytes),
            Schema = Encoding.UTF8.GetString(bytes.Slice(Header, schema)),
            Data = bytes[(Header + schema)..].ToArray(),
        };
    }
}
