using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>
/// Feature vectors, four bits a number, a cache line a row: what a message costs is mostly the lines that it fetches. Of byte i the low
/// half is column i of the networks' part, the high half of the first <see cref="MostMargins"/> bytes column i of the linear head's; the
/// high halves of the other sixteen are both scales.
/// </summary>
internal sealed unsafe class LineTable : FeatureTable
{
    private const int MostMargins = 48;
    private const ulong HighHalves = 0xF0F0_F0F0_F0F0_F0F0;
    private const int LowHalf = 15;
    /// <summary>Stored numbers are this much larger than they are meant.</summary>
    private const int Shift = 8;

    public LineTable(OnnxFile file, int rows, int size, int labels)
        : base(rows, CacheLine, MostMargins, CacheLine)
    {
        var (bag, margins) = (new sbyte[rows * size], new sbyte[rows * labels]);
        var (bagScales, marginScales) = (new float[rows], new float[rows]);
        QuantizedTable.Read(file, IntentModelFile.BagTable, size, bag, size, 0, bagScales);
        QuantizedTable.Read(file, IntentModelFile.MarginTable, labels, margins, labels, 0, marginScales);
        for (var row = 0; row < rows; row++)
        {
            var line = Memory + ((nint)row * CacheLine);
            for (var i = 0; i < CacheLine; i++)
            {
                var low = i < size ? bag[(row * size) + i] : 0;
                var high = i < labels ? margins[(row * labels) + i] : 0;
                line[i] = (byte)((low + Shift) | ((high + Shift) << 4));
            }

            Hide(bagScales[row], line + MostMargins);
            Hide(marginScales[row], line + MostMargins + sizeof(ulong));
        }
    }

    /// <summary>Whether a file's numbers have four bits and a row of them has room in a cache line.</summary>
    public static bool Fits(OnnxFile file, int size, int labels) =>
        size <= CacheLine && labels <= MostMargins
        && QuantizedTable.BitsOf(file, IntentModelFile.BagTable, size) == 4 && QuantizedTable.BitsOf(file, IntentModelFile.MarginTable, labels) == 4;

    public override void AddTo(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> scratch, Span<float> bag, Span<float> margins)
    {
        // Reading the scales first also fetches the lines, many at a time: nothing waits for any of them yet.
        var bagWeights = scratch[..rows.Length];
        var marginWeights = scratch.Slice(rows.Length, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var line = Memory + ((nint)rows[i] * CacheLine);
            bagWeights[i] = weights[i] * Seek(line + MostMargins);
            marginWeights[i] = weights[i] * Seek(line + MostMargins + sizeof(ulong));
        }

        if (Avx512F.IsSupported)
        {
            AddLines512(rows, bagWeights, marginWeights, bag, margins);
        }
        else if (Avx2.IsSupported)
        {
            AddLines256(rows, bagWeights, marginWeights, bag, margins);
        }
        else
        {
            AddPlain(rows, bagWeights, marginWeights, bag, margins);
        }
    }

    internal void AddLines512(ReadOnlySpan<int> rows, ReadOnlySpan<float> bagWeights, ReadOnlySpan<float> marginWeights, Span<float> bag, Span<float> margins)
    {
        // The lower four bits of each lane choose one of sixteen numbers: that takes a half byte apart and makes it a float at once.
        var meant = Vector512.Create(-8f, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7);
        ref var bags = ref MemoryMarshal.GetReference(bag);
        ref var margin = ref MemoryMarshal.GetReference(margins);
        var (a, b) = (Vector512.LoadUnsafe(ref bags), Vector512.LoadUnsafe(ref bags, 16));
        var (c, d) = (Vector512.LoadUnsafe(ref bags, 32), Vector512.LoadUnsafe(ref bags, 48));
        var (e, f, g) = (Vector512.LoadUnsafe(ref margin), Vector512.LoadUnsafe(ref margin, 16), Vector512.LoadUnsafe(ref margin, 32));
        for (var i = 0; i < rows.Length; i++)
        {
            var line = Memory + ((nint)rows[i] * CacheLine);
            var (weight, marginWeight) = (Vector512.Create(bagWeights[i]), Vector512.Create(marginWeights[i]));
            var first = Avx512F.ConvertToVector512Int32(Vector128.Load(line));
            var second = Avx512F.ConvertToVector512Int32(Vector128.Load(line + 16));
            var third = Avx512F.ConvertToVector512Int32(Vector128.Load(line + 32));
            var fourth = Avx512F.ConvertToVector512Int32(Vector128.Load(line + 48));
            a = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, first), weight, a);
            b = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, second), weight, b);
            c = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, third), weight, c);
            d = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, fourth), weight, d);
            e = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, first >>> 4), marginWeight, e);
            f = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, second >>> 4), marginWeight, f);
            g = Avx512F.FusedMultiplyAdd(Avx512F.PermuteVar16x32(meant, third >>> 4), marginWeight, g);
        }

        a.StoreUnsafe(ref bags);
        b.StoreUnsafe(ref bags, 16);
        c.StoreUnsafe(ref bags, 32);
        d.StoreUnsafe(ref bags, 48);
        e.StoreUnsafe(ref margin);
        f.StoreUnsafe(ref margin, 16);
        g.StoreUnsafe(ref margin, 32);
    }

    internal void AddLines256(ReadOnlySpan<int> rows, ReadOnlySpan<float> bagWeights, ReadOnlySpan<float> marginWeights, Span<float> bag, Span<float> margins)
    {
        // Half a line at a time: its sums fit into sixteen registers.
        AddHalfLines256(rows, bagWeights, marginWeights, 0, bag[..32], margins[..32]);
        AddHalfLines256(rows, bagWeights, marginWeights, 32, bag[32..], margins[32..]);
    }

    internal void AddPlain(ReadOnlySpan<int> rows, ReadOnlySpan<float> bagWeights, ReadOnlySpan<float> marginWeights, Span<float> bag, Span<float> margins)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var line = Memory + ((nint)rows[i] * CacheLine);
            for (var column = 0; column < bag.Length; column++)
            {
                bag[column] += ((line[column] & LowHalf) - Shift) * bagWeights[i];
            }

            for (var column = 0; column < margins.Length; column++)
            {
                margins[column] += ((line[column] >> 4) - Shift) * marginWeights[i];
            }
        }
    }

    private void AddHalfLines256(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> bagWeights, ReadOnlySpan<float> marginWeights, int start, Span<float> bag, Span<float> margins)
    {
        for (var column = 0; column < bag.Length; column += Vector256<float>.Count)
        {
            var withMargins = column < margins.Length;
            var sum = Vector256.Create<float>(bag.Slice(column, Vector256<float>.Count));
            var marginSum = withMargins ? Vector256.Create<float>(margins.Slice(column, Vector256<float>.Count)) : default;
            for (var i = 0; i < rows.Length; i++)
            {
                var bytes = Avx2.ConvertToVector256Int32(Memory + ((nint)rows[i] * CacheLine) + start + column);
                sum += Vector256.ConvertToSingle((bytes & Vector256.Create(LowHalf)) - Vector256.Create(Shift)) * bagWeights[i];
                marginSum += Vector256.ConvertToSingle((bytes >>> 4) - Vector256.Create(Shift)) * marginWeights[i];
            }

            sum.CopyTo(bag[column..]);
            if (withMargins)
            {
                marginSum.CopyTo(margins[column..]);
            }
        }
    }

    /// <summary>Puts a number's eight half bytes into the high halves of eight bytes.</summary>
    private static void Hide(float number, byte* place)
    {
        var bits = BitConverter.SingleToUInt32Bits(number);
        for (var i = 0; i < sizeof(ulong); i++)
        {
            place[i] = (byte)((place[i] & LowHalf) | (byte)((bits >> (4 * i)) << 4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Seek(byte* place)
    {
        var bytes = *(ulong*)place;
        if (Bmi2.X64.IsSupported)
        {
            return BitConverter.UInt32BitsToSingle((uint)Bmi2.X64.ParallelBitExtract(bytes, HighHalves));
        }

        var bits = 0u;
        for (var i = 0; i < sizeof(ulong); i++)
        {
            bits |= (uint)((bytes >> ((8 * i) + 4)) & LowHalf) << (4 * i);
        }

        return BitConverter.UInt32BitsToSingle(bits);
    }
}
