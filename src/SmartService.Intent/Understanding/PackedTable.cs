using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>
/// Feature vectors, eight bits a number, summed in place. Per row: the networks' part, then the linear head's, each a whole number of
/// strips, and both scales; a row is a whole number of cache lines. Sums of a block of columns stay in registers over all rows.
/// </summary>
internal sealed unsafe class PackedTable : FeatureTable
{
    private const int Block = CacheLine;
    private const int PrefetchDistance = 6;
    private readonly sbyte* _rows;
    private readonly int _stride;

    public PackedTable(OnnxFile file, int rows, int size, int labels)
        : base(rows, Padded(size, Strip), Padded(labels, Strip), Padded(Padded(size, Strip) + Padded(labels, Strip) + ScaleBytes, Block))
    {
        _rows = (sbyte*)Memory;
        _stride = RowBytes;
        var all = new Span<sbyte>(_rows, rows * _stride);
        var (bag, margin) = (new float[rows], new float[rows]);
        QuantizedTable.Read(file, IntentModelFile.BagTable, size, all, _stride, 0, bag);
        QuantizedTable.Read(file, IntentModelFile.MarginTable, labels, all, _stride, BagWidth, margin);
        for (var row = 0; row < rows; row++)
        {
            var scales = ScalesOf(row);
            (scales[0], scales[1]) = (bag[row], margin[row]);
        }
    }

    public override void AddTo(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> scratch, Span<float> bag, Span<float> margins)
    {
        var bagWeights = scratch[..rows.Length];
        var marginWeights = scratch.Slice(rows.Length, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var scales = ScalesOf(rows[i]);
            bagWeights[i] = weights[i] * scales[0];
            marginWeights[i] = weights[i] * scales[1];
        }

        AddBlocks(rows, bagWeights, 0, bag);
        AddBlocks(rows, marginWeights, BagWidth, margins);
    }

    private float* ScalesOf(int row) => (float*)(_rows + ((nint)row * _stride) + BagWidth + MarginWidth);

    /// <param name="sums">A whole number of strips; a shorter last block is added strip by strip.</param>
    private void AddBlocks(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, int offset, Span<float> sums)
    {
        var column = 0;
        for (; column <= sums.Length - Block; column += Block)
        {
            var start = _rows + offset + column;
            var sum = sums.Slice(column, Block);
            if (Avx512F.IsSupported)
            {
                AddBlock512(start, rows, weights, sum);
            }
            else if (Avx2.IsSupported)
            {
                AddHalfBlock256(start, rows, weights, sum[..(Block / 2)]);
                AddHalfBlock256(start + (Block / 2), rows, weights, sum[(Block / 2)..]);
            }
            else
            {
                AddPlain(start, rows, weights, sum);
            }
        }

        for (; column < sums.Length; column += Strip)
        {
            var start = _rows + offset + column;
            var sum = sums.Slice(column, Strip);
            if (Avx512F.IsSupported)
            {
                AddStrip512(start, rows, weights, sum);
            }
            else
            {
                AddPlain(start, rows, weights, sum);
            }
        }
    }

    private void AddBlock512(sbyte* start, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var a = Vector512.LoadUnsafe(ref sum);
        var b = Vector512.LoadUnsafe(ref sum, 16);
        var c = Vector512.LoadUnsafe(ref sum, 32);
        var d = Vector512.LoadUnsafe(ref sum, 48);
        for (var i = 0; i < rows.Length; i++)
        {
            Prefetch(start, rows, i);
            var row = start + ((nint)rows[i] * _stride);
            var weight = Vector512.Create(weights[i]);
            a = Avx512F.FusedMultiplyAdd(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(row))), weight, a);
            b = Avx512F.FusedMultiplyAdd(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(row + 16))), weight, b);
            c = Avx512F.FusedMultiplyAdd(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(row + 32))), weight, c);
            d = Avx512F.FusedMultiplyAdd(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(row + 48))), weight, d);
        }

        a.StoreUnsafe(ref sum);
        b.StoreUnsafe(ref sum, 16);
        c.StoreUnsafe(ref sum, 32);
        d.StoreUnsafe(ref sum, 48);
    }

    private void AddStrip512(sbyte* start, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var a = Vector512.LoadUnsafe(ref sum);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Vector128.Load(start + ((nint)rows[i] * _stride));
            a = Avx512F.FusedMultiplyAdd(
                Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(row)), Vector512.Create(weights[i]), a);
        }

        a.StoreUnsafe(ref sum);
    }

    private void AddHalfBlock256(sbyte* start, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var a = Vector256.LoadUnsafe(ref sum);
        var b = Vector256.LoadUnsafe(ref sum, 8);
        var c = Vector256.LoadUnsafe(ref sum, 16);
        var d = Vector256.LoadUnsafe(ref sum, 24);
        for (var i = 0; i < rows.Length; i++)
        {
            Prefetch(start, rows, i);
            var row = start + ((nint)rows[i] * _stride);
            var weight = Vector256.Create(weights[i]);
            a += Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(row)) * weight;
            b += Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(row + 8)) * weight;
            c += Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(row + 16)) * weight;
            d += Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(row + 24)) * weight;
        }

        a.StoreUnsafe(ref sum);
        b.StoreUnsafe(ref sum, 8);
        c.StoreUnsafe(ref sum, 16);
        d.StoreUnsafe(ref sum, 24);
    }

    /// <summary>For processors without those instructions: Arm, and x86 before 2013.</summary>
    private void AddPlain(sbyte* start, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sums)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = start + ((nint)rows[i] * _stride);
            for (var column = 0; column < sums.Length; column++)
            {
                sums[column] += row[column] * weights[i];
            }
        }
    }

    /// <summary>Rows lie anywhere in megabytes: asked for early, they are there in time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(sbyte* start, ReadOnlySpan<int> rows, int i)
    {
        if (Sse.IsSupported && i + PrefetchDistance < rows.Length)
        {
            Sse.Prefetch0(start + ((nint)rows[i + PrefetchDistance] * _stride));
        }
    }
}
