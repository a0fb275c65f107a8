using System.Buffers.Binary;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// The fixed first bytes of a stored record. One record holds all events of one append.
/// </summary>
/// <remarks>
/// Little endian: 0 checksum (u32), 4 format (u8), 5 position of the stream's record before (i64), 13 position of the
/// feed's record before (i64), 21 time in ticks UTC (i64), 29 version of the first event (i64), 37 number of events (i32).
/// The three that only the writer knows are patched in by <see cref="Seal"/>. The checksum covers the position, which is
/// the row's key, and everything after itself; so a record moved, cut or changed is noticed, and because each record names
/// the one before it, so is one that is missing.
/// </remarks>
internal static class RecordHeader
{
    public const byte Format = 1;
    public const int Length = 41;

    private const int FormatAt = 4;
    private const int PreviousAt = 5;
    private const int PreviousInFeedAt = 13;
    private const int TimeAt = 21;
    private const int VersionAt = 29;
    private const int CountAt = 37;

    public static void Write(Span<byte> record, DateTimeOffset at, long firstVersion, int count)
    {
        record[FormatAt] = Format;
        BinaryPrimitives.WriteInt64LittleEndian(record[TimeAt..], at.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(record[VersionAt..], firstVersion);
        BinaryPrimitives.WriteInt32LittleEndian(record[CountAt..], count);
    }

    public static void Seal(Span<byte> record, long position, long previous, long previousInFeed)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record[PreviousAt..], previous);
        BinaryPrimitives.WriteInt64LittleEndian(record[PreviousInFeedAt..], previousInFeed);
        BinaryPrimitives.WriteUInt32LittleEndian(record, Checksum(record, position));
    }

    public static bool IsIntact(ReadOnlySpan<byte> record, long position) =>
        record.Length > Length
        && BinaryPrimitives.ReadUInt32LittleEndian(record) == Checksum(record, position)
        && record[FormatAt] == Format;

    public static long Previous(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[PreviousAt..]);

    public static long PreviousInFeed(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[PreviousInFeedAt..]);

    public static DateTimeOffset Time(ReadOnlySpan<byte> record) => new(BinaryPrimitives.ReadInt64LittleEndian(record[TimeAt..]), TimeSpan.Zero);

    public static long FirstVersion(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[VersionAt..]);

    public static int Count(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[CountAt..]);

    private static uint Checksum(ReadOnlySpan<byte> record, long position)
    {
        Span<byte> key = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(key, position);
        return Crc32C.Of(Crc32C.Of(0, key), record[sizeof(uint)..]);
    }
}
