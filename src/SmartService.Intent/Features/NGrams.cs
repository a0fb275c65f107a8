using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartService.Intent.Features;

/// <summary>Hashes of all pieces of a word, by where they start and then by length. Eight starts at a time where the processor can.</summary>
/// <remarks>FNV-1a over UTF-16 units (Fowler, Noll, Vo), finished as in MurmurHash3 (Appleby).</remarks>
internal static class NGrams
{
    /// <summary>Stands before and after a word; alone it says nothing.</summary>
    public const char Edge = '\u0001';

    private const uint Prime = 16777619;
    private const uint FirstFactor = 0x85EBCA6B;
    private const uint SecondFactor = 0xC2B2AE35;
    private const int MostLength = 5;
    private static readonly int Lanes = Vector256<uint>.Count;

    /// <param name="shortest">At least 1.</param>
    /// <param name="longest">At most 5.</param>
    /// <param name="shift">How many low bits of a hash are dropped.</param>
    /// <param name="found">Filled; <paramref name="longest"/> times as long as the text is enough.</param>
    /// <returns>How many were written.</returns>
    public static int Hash(ReadOnlySpan<char> text, int shortest, int longest, uint seed, int shift, Span<int> found)
    {
        var count = 0;
        var start = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            // All starts whose pieces' characters are within the text, and those of its end in a copy that goes on with nothing.
            Span<char> tail = stackalloc char[2 * Vector256<ushort>.Count];
            Span<int> hashes = stackalloc int[MostLength * Vector256<uint>.Count];
            for (; start < text.Length; start += Lanes)
            {
                var rest = text[start..];
                if (rest.Length >= Lanes + MostLength - 1)
                {
                    HashLanes(rest, longest, seed, shift, hashes);
                }
                else
                {
                    rest.CopyTo(tail);
                    HashLanes(tail, longest, seed, shift, hashes);
                }

                for (var lane = 0; lane < Math.Min(Lanes, rest.Length); lane++)
                {
                    var end = Math.Min(longest, rest.Length - lane);
                    for (var length = shortest; length <= end; length++)
                    {
                        found[count] = hashes[((length - 1) * Lanes) + lane];
                        count += length > 1 || rest[lane] != Edge ? 1 : 0;
                    }
                }
            }

            return count;
        }

        return HashPlain(text, shortest, longest, seed, shift, found);
    }

    /// <summary>The same, one after the other.</summary>
    internal static int HashPlain(ReadOnlySpan<char> text, int shortest, int longest, uint seed, int shift, Span<int> found)
    {
        var count = 0;
        for (var start = 0; start < text.Length; start++)
        {
            var hash = seed;
            var end = Math.Min(text.Length, start + longest);
            for (var i = start; i < end; i++)
            {
                hash = Step(hash, text[i]);
                if (i - start + 1 >= shortest && (i > start || text[i] != Edge))
                {
                    found[count++] = (int)(Finish(hash) >> shift);
                }
            }
        }

        return count;
    }

    public static uint Step(uint hash, char c) => (hash ^ c) * Prime;

    public static uint Finish(uint hash)
    {
        hash ^= hash >> 16;
        hash *= FirstFactor;
        hash ^= hash >> 13;
        hash *= SecondFactor;
        return hash ^ (hash >> 16);
    }

    /// <param name="characters">At least as many as lanes, and one less than <see cref="MostLength"/> more.</param>
    /// <param name="hashes">Filled length by length, a lane a start.</param>
    private static void HashLanes(ReadOnlySpan<char> characters, int longest, uint seed, int shift, Span<int> hashes)
    {
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(characters));
        ref var to = ref MemoryMarshal.GetReference(hashes);
        var hash = Vector256.Create(seed);
        for (var i = 0; i < longest; i++)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)i));
            hash = (hash ^ Vector256.Create(low, high)) * Prime;
            var finished = (hash ^ (hash >>> 16)) * FirstFactor;
            finished = (finished ^ (finished >>> 13)) * SecondFactor;
            finished ^= finished >>> 16;
            (finished >>> shift).AsInt32().StoreUnsafe(ref to, (nuint)(i * Vector256<uint>.Count));
        }
    }
}
