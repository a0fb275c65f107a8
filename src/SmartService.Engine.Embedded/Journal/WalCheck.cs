using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Looks through journal.db-wal before SQLite does. SQLite ends its recovery silently at the first frame whose checksum does not fit;
/// that is right for a commit that a power loss tore, and would silently drop acknowledged ones behind a flipped bit.
/// </summary>
/// <remarks>
/// Each commit is flushed before the next one writes its first frame, and a failed one is followed by an emptied WAL. So what follows a torn
/// commit is at most the rest of that commit. A frame of the same generation behind the end of the faulty commit proves that the
/// commit was flushed once, and is damaged now. In the very last commit the two cannot be told apart: it is taken for torn.
/// Layout: https://www.sqlite.org/walformat.html.
/// </remarks>
internal static class WalCheck
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint Magic = 0x377f0682; // The lowest bit tells in which byte order the checksums are made.

    /// <exception cref="JournalException">Commits that were acknowledged cannot be read any more.</exception>
    public static void Require(string path)
    {
        if (Fault(path) is { } fault)
        {
            throw new JournalException($"{Path.GetFileName(path)} is damaged: {fault}. Restore a backup.", outcomeKnown: true);
        }
    }

    /// <summary>What is wrong, or null. A missing or empty file is fine.</summary>
    public static string? Fault(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || file.Length == HeaderBytes)
        {
            return null; // Nothing was ever committed through it.
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var sums = new Sums((magic & 1) != 0);
        sums.Add(header[..24]);
        var pageBytes = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        if ((magic & ~1u) != Magic || !sums.Are(header[24..]) || pageBytes is < 512 or > 65_536)
        {
            // The header is flushed before the first frame: it cannot be torn when there are frames.
            return header.ContainsAnyExcept((byte)0) ? "its header is not as it was written" : null;
        }

        return FaultInFrames(file, header[16..24].ToArray(), sums, new byte[FrameHeaderBytes + pageBytes]);
    }

    private static string? FaultInFrames(FileStream file, byte[] salts, Sums sums, byte[] frame)
    {
        long? faulty = null;
        var ended = false;
        for (var number = 1L; file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; number++)
        {
            var ofThisGeneration = frame.AsSpan(8, 8).SequenceEqual(salts);
            if (faulty is null)
            {
                sums.Add(frame.AsSpan(0, 8));
                sums.Add(frame.AsSpan(FrameHeaderBytes));
                if (ofThisGeneration && sums.Are(frame.AsSpan(16)))
                {
                    continue;
                }

                faulty = number;
            }
            else if (ended && ofThisGeneration)
            {
                return $"frame {faulty} is not as it was written, and commits after it were flushed";
            }

            ended |= BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0 && ofThisGeneration;
        }

        return null;
    }

    /// <summary>The WAL's running pair of sums.</summary>
    private sealed class Sums(bool bigEndian)
    {
        private uint _first;
        private uint _second;

        /// <summary>Compiled in full at once: a start runs it over up to 64 MiB, and is over before the runtime notices.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<byte> data)
        {
            for (var at = 0; at < data.Length; at += 8)
            {
                _first += Read(data[at..]) + _second;
                _second += Read(data[(at + 4)..]) + _first;
            }
        }

        public bool Are(ReadOnlySpan<byte> stored) =>
            BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

        private uint Read(ReadOnlySpan<byte> data) =>
            bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data);
    }
}
