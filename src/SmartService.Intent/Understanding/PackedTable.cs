using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>
/// The feature vectors of a model, eight bits a number, summed in place. Per row: the networks' part, then the linear head's,
/// each a whole number of strips; a row is a whole number of cache lines. Sums of a block of columns stay in registers over all rows.
/// </summary>
internal sealed unsafe class PackedTable : IDisposable
{
    private const int Block = 64;
    private const int Strip = 16;
    private const int PrefetchDistance = 6;
    private readonly sbyte* _rows;
    private readonly float[] _bagScales;
    private readonly float[] _marginScales;
    private readonly int _stride;

    private PackedTable(int rows, int size, int labels)
    {
        BagWidth = Padded(size, Strip);
        MarginWidth = Padded(labels, Strip);
        _stride = Padded(BagWidth + MarginWidth, Block);
        _rows = (sbyte*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, rows) * (nuint)_stride, Block);
        NativeMemory.Clear(_rows, (nuint)rows * (nuint)_stride);
        _bagScales = new float[rows];
        _marginScales = new float[rows];
    }

    /// <summary>Columns of the networks' part, padding included.</summary>
    public int BagWidth { get; }

    /// <summary>Columns of the linear head's part, padding included.</summary>
    public int MarginWidth { get; }

    public static PackedTable Read(OnnxFile file, int rows, int size, int labels)
    {
        var table = new PackedTable(rows, size, labels);
        var all = new Span<sbyte>(table._rows, rows * table._stride);
        QuantizedTable.Read(file, IntentModelFile.BagTable, size, all, table._stride, 0, table._bagScales);
        QuantizedTable.Read(file, IntentModelFile.MarginTable, labels, all, table._stride, table.BagWidth, table._marginScales);
        return table;
    }

    /// <summary>Adds weighted rows.</summary>
    /// <param name="scratch">As long as <paramref name="rows"/>; overwritten.</param>
    /// <param name="bag">Length <see cref="BagWidth"/>; added to.</param>
    /// <param name="margins">Length <see cref="MarginWidth"/>; added to.</param>
    public void AddTo(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> scratch, Span<float> bag, Span<float> margins)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            scratch[i] = weights[i] * _bagScales[rows[i]];
        }

        AddBlocks(rows, scratch, 0, bag);
        for (var i = 0; i < rows.Length; i++)
        {
            scratch[i] = weights[i] * _marginScales[rows[i]];
        }

        AddBlocks(rows, scratch, BagWidth, margins);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_rows);
        GC.SuppressFinalize(this);
    }

    ~PackedTable() => NativeMemory.AlignedFree(_rows);

    private static int Padded(int width, int step) => (width + step - 1) / step * step;

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
