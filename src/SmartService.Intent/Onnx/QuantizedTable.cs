using SmartService.Intent.Training;

namespace SmartService.Intent.Onnx;

/// <summary>
/// Stores a table of feature vectors in eight or four bits a number and a half-precision scale a row. In the graph, operations
/// that unfold it have constant inputs only, so a runtime does them once, at load; this product's own reads the numbers as they are.
/// </summary>
internal static class QuantizedTable
{
    public static string ScaleName(string table) => $"{table}.scale";

    /// <param name="table">Name of the constant; its scales are named after it.</param>
    /// <param name="values">Row after row.</param>
    /// <returns>Name of the unfolded table, float [rows, width].</returns>
    public static string Add(OnnxGraph graph, string table, float[] values, int width, int bits)
    {
        var rows = values.Length / width;
        var scales = new Half[rows];
        for (var row = 0; row < rows; row++)
        {
            scales[row] = RowQuantization.ScaleOf(values.AsSpan(row * width, width), bits);
        }

        var scale = graph.Node(
            "Cast", [graph.NamedConstant<Half>(ScaleName(table), OnnxType.Float16, scales, rows, 1)], ("to", (int)OnnxType.Float));
        var numbers = bits == 4 ? Fours(graph, table, values, width, scales) : Eights(graph, table, values, width, scales);
        return graph.Node("Mul", [numbers, scale]);
    }

    /// <summary>Bits a number of a stored table has.</summary>
    public static int BitsOf(OnnxFile file, string table, int width) => file[table].Shape[1] == width ? 8 : 4;

    /// <summary>Reads a table back as whole numbers: what <see cref="Add"/> wrote, times the scale, is the number meant.</summary>
    /// <param name="numbers">Filled row after row, <paramref name="stride"/> apart, from <paramref name="offset"/> in each.</param>
    /// <param name="scales">Filled: one a row.</param>
    public static void Read(OnnxFile file, string table, int width, Span<sbyte> numbers, int stride, int offset, Span<float> scales)
    {
        var halves = file[ScaleName(table)].As<Half>();
        var stored = file[table];
        var bits = BitsOf(file, table, width);
        var half = (width + 1) / 2;
        for (var row = 0; row < scales.Length; row++)
        {
            scales[row] = (float)halves[row];
            var target = numbers.Slice((row * stride) + offset, width);
            if (bits == 8)
            {
                stored.As<sbyte>().Slice(row * width, width).CopyTo(target);
                continue;
            }

            var packed = stored.As<byte>().Slice(row * half, half);
            for (var i = 0; i < width; i++)
            {
                target[i] = (sbyte)((i < half ? packed[i] & 15 : packed[i - half] >> 4) - 8);
            }
        }
    }

    private static string Eights(OnnxGraph graph, string table, float[] values, int width, Half[] scales)
    {
        var numbers = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = (sbyte)RowQuantization.Quantize(values[i], scales[i / width], 8);
        }

        return graph.Node(
            "Cast", [graph.NamedConstant<sbyte>(table, OnnxType.Int8, numbers, scales.Length, width)], ("to", (int)OnnxType.Float));
    }

    /// <summary>Column i is the low half of a byte, column i + width / 2 the high half; both are stored 8 too large.</summary>
    private static string Fours(OnnxGraph graph, string table, float[] values, int width, Half[] scales)
    {
        var half = (width + 1) / 2;
        var bytes = new byte[scales.Length * half];
        for (var row = 0; row < scales.Length; row++)
        {
            for (var i = 0; i < width; i++)
            {
                var number = RowQuantization.Quantize(values[(row * width) + i], scales[row], 4) + 8;
                bytes[(row * half) + (i % half)] |= (byte)(i < half ? number : number << 4);
            }
        }

        var packed = graph.Node(
            "Cast", [graph.NamedConstant<byte>(table, OnnxType.UInt8, bytes, scales.Length, half)], ("to", (int)OnnxType.Float));
        var high = graph.Node("Floor", [graph.Node("Mul", [packed, graph.Floats([1 / 16f], 1)])]);
        var low = graph.Node("Sub", [packed, graph.Node("Mul", [high, graph.Floats([16f], 1)])]);
        var both = graph.Node("Concat", [low, high], ("axis", 1));
        if (width % 2 != 0)
        {
            both = graph.Node("Slice", [both, graph.Integers(0), graph.Integers(width), graph.Integers(1)]);
        }

        return graph.Node("Sub", [both, graph.Floats([8f], 1)]);
    }
}
