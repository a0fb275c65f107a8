using SmartService.Intent.Training;

namespace SmartService.Intent.Onnx;

/// <summary>
/// Stores a table of feature vectors in eight or four bits a number. The operations that unfold it have constant inputs
/// only, so the runtime does them once, at load, and looks rows up in plain floats.
/// </summary>
internal static class QuantizedTable
{
    /// <param name="values">Row after row.</param>
    /// <param name="factor">Factor on all of them.</param>
    /// <returns>Name of the unfolded table, float [rows, width].</returns>
    public static string Add(OnnxGraph graph, float[] values, int width, int bits, float factor)
    {
        var rows = values.Length / width;
        var scales = new Half[rows];
        for (var row = 0; row < rows; row++)
        {
            scales[row] = RowQuantization.ScaleOf(values.AsSpan(row * width, width), bits);
        }

        var scale = graph.Node("Cast", [graph.Constant<Half>(OnnxType.Float16, scales, rows, 1)], ("to", (int)OnnxType.Float));
        scale = factor == 1 ? scale : graph.Node("Mul", [scale, graph.Floats([factor], 1)]);
        var numbers = bits == 4 ? Fours(graph, values, width, scales) : Eights(graph, values, width, scales);
        return graph.Node("Mul", [numbers, scale]);
    }

    private static string Eights(OnnxGraph graph, float[] values, int width, Half[] scales)
    {
        var numbers = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = (sbyte)RowQuantization.Quantize(values[i], scales[i / width], 8);
        }

        return graph.Node(
            "Cast", [graph.Constant<sbyte>(OnnxType.Int8, numbers, scales.Length, width)], ("to", (int)OnnxType.Float));
    }

    /// <summary>Column i is the low half of a byte, column i + width / 2 the high half; both are stored 8 too large.</summary>
    private static string Fours(OnnxGraph graph, float[] values, int width, Half[] scales)
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

        var packed = graph.Node("Cast", [graph.Constant<byte>(OnnxType.UInt8, bytes, scales.Length, half)], ("to", (int)OnnxType.Float));
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
