using System.Runtime.Intrinsics.X86;
using SmartService.Intent.Onnx;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Understanding;

/// <summary>The same file's feature vectors, laid out in both ways and summed by every kind of processor.</summary>
public sealed class FeatureTableTests
{
    private const int Rows = 2_000;
    private readonly OnnxFile _file = OnnxFile.Open(Repository.ShippedModel, IntentModelFile.Kind, IntentModelFile.FormatVersion, "");
    private readonly int _size;
    private readonly int _labels;
    private readonly int _count;
    private readonly int[] _rows;
    private readonly float[] _weights;

    public FeatureTableTests()
    {
        _size = _file[IntentModelFile.BagBias].As<float>().Length;
        _labels = _file[IntentModelFile.LogitBias].As<float>().Length;
        _count = IntentModelFile.ReadVocabulary(_file.Metadata).Rows;
        var random = new SeededRandom(7);
        _rows = [.. Enumerable.Range(0, Rows).Select(_ => (int)(random.NextDouble() * _count))];
        _weights = [.. _rows.Select(_ => (float)random.NextDouble())];
    }

    [Fact]
    public void ShippedModel_FourBitsANumber_LiesInACacheLineARow()
    {
        using var table = FeatureTable.Read(_file, _count, _size, _labels);
        table.ShouldBeOfType<LineTable>();
    }

    [Fact]
    public void AddTo_BothLayouts_GiveTheStoredNumbersSum()
    {
        using var lines = new LineTable(_file, _count, _size, _labels);
        using var packed = new PackedTable(_file, _count, _size, _labels);
        var (bag, margins) = Reference();

        ShouldBe(Sum(lines), bag, margins);
        ShouldBe(Sum(packed), bag, margins);
    }

    [Fact]
    public void AddTo_EveryKindOfProcessor_GivesTheSame()
    {
        using var table = new LineTable(_file, _count, _size, _labels);
        var (bag, margins) = Reference();

        ShouldBe(Sum(table, table.AddPlain), bag, margins);
        if (Avx2.IsSupported)
        {
            ShouldBe(Sum(table, table.AddLines256), bag, margins);
        }

        if (Avx512F.IsSupported)
        {
            ShouldBe(Sum(table, table.AddLines512), bag, margins);
        }
    }

    private delegate void Adding(ReadOnlySpan<int> rows, ReadOnlySpan<float> bagWeights, ReadOnlySpan<float> marginWeights, Span<float> bag, Span<float> margins);

    private (float[] Bag, float[] Margins) Sum(FeatureTable table)
    {
        var (bag, margins) = (new float[table.BagWidth], new float[table.MarginWidth]);
        table.AddTo(_rows, _weights, new float[FeatureTable.ScratchPerRow * Rows], bag, margins);
        return (bag, margins);
    }

    private (float[] Bag, float[] Margins) Sum(LineTable table, Adding add)
    {
        var (bag, margins) = (new float[table.BagWidth], new float[table.MarginWidth]);
        var (bagScales, marginScales) = Scales();
        add(_rows, [.. _rows.Select((row, i) => bagScales[row] * _weights[i])], [.. _rows.Select((row, i) => marginScales[row] * _weights[i])], bag, margins);
        return (bag, margins);
    }

    private void ShouldBe((float[] Bag, float[] Margins) sum, float[] bag, float[] margins)
    {
        sum.Bag[.._size].Zip(bag, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-3f);
        sum.Margins[.._labels].Zip(margins, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-3f);
        bag.Max(Math.Abs).ShouldBeGreaterThan(1);
    }

    /// <summary>In double precision, number by number.</summary>
    private (float[] Bag, float[] Margins) Reference()
    {
        var (bagScales, marginScales) = Scales();
        return (Reference(IntentModelFile.BagTable, _size, bagScales), Reference(IntentModelFile.MarginTable, _labels, marginScales));
    }

    private float[] Reference(string table, int width, float[] scales)
    {
        var numbers = new sbyte[_count * width];
        QuantizedTable.Read(_file, table, width, numbers, width, 0, new float[_count]);
        return [.. Enumerable.Range(0, width).Select(column =>
            (float)_rows.Select((row, i) => (double)numbers[(row * width) + column] * scales[row] * _weights[i]).Sum())];
    }

    private (float[] Bag, float[] Margins) Scales()
    {
        var (bag, margins) = (new float[_count], new float[_count]);
        QuantizedTable.Read(_file, IntentModelFile.BagTable, _size, new sbyte[_count * _size], _size, 0, bag);
        QuantizedTable.Read(_file, IntentModelFile.MarginTable, _labels, new sbyte[_count * _labels], _labels, 0, margins);
        return (bag, margins);
    }
}
