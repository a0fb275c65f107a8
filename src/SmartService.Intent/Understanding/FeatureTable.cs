using System.Runtime.InteropServices;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;

namespace SmartService.Intent;

/// <summary>
/// The feature vectors of a model as they are summed: the networks' part and the linear head's side by side, with both scales, so that
/// a row is fetched once. Outside the managed heap, aligned to cache lines.
/// </summary>
internal abstract unsafe class FeatureTable : IDisposable
{
    /// <summary>Numbers of scratch memory that <see cref="AddTo"/> wants a row.</summary>
    public const int ScratchPerRow = 2;

    protected const int CacheLine = 64;
    protected const int Strip = 16;
    protected const int ScaleBytes = 2 * sizeof(float);

    protected FeatureTable(int rows, int bagWidth, int marginWidth, int rowBytes)
    {
        (BagWidth, MarginWidth, RowBytes) = (bagWidth, marginWidth, rowBytes);
        var bytes = (nuint)Math.Max(1, rows) * (nuint)rowBytes;
        Memory = (byte*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(Memory, bytes);
    }

    /// <summary>Columns of the networks' part, padding included.</summary>
    public int BagWidth { get; }

    /// <summary>Columns of the linear head's part, padding included.</summary>
    public int MarginWidth { get; }

    protected byte* Memory { get; }

    protected int RowBytes { get; }

    /// <summary>The smallest table that holds a file's feature vectors as they are.</summary>
    public static FeatureTable Read(OnnxFile file, int rows, int size, int labels) => LineTable.Fits(file, size, labels)
        ? new LineTable(file, rows, size, labels)
        : new PackedTable(file, rows, size, labels);

    /// <summary>Where the rows are, for who finds out which are needed.</summary>
    public RowsAhead Ahead => new(Memory, RowBytes);

    /// <summary>Adds weighted rows.</summary>
    /// <param name="scratch"><see cref="ScratchPerRow"/> times as long as <paramref name="rows"/> or longer; overwritten.</param>
    /// <param name="bag">Length <see cref="BagWidth"/>; added to.</param>
    /// <param name="margins">Length <see cref="MarginWidth"/>; added to.</param>
    public abstract void AddTo(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> scratch, Span<float> bag, Span<float> margins);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Memory);
        GC.SuppressFinalize(this);
    }

    ~FeatureTable() => NativeMemory.AlignedFree(Memory);

    protected static int Padded(int width, int step) => (width + step - 1) / step * step;
}
