namespace SmartService.Intent.Onnx;

/// <summary>
/// The dense layers of a model file as a graph of their own: what the runtime hands to its session. Inputs <c>active</c>
/// [batch, members · size] and <c>margins</c> [batch, labels]; output <c>logits</c> [batch, labels].
/// </summary>
internal static class DenseGraph
{
    public const string Active = "active";
    public const string Margins = "margins";
    public const string Logits = "logits";

    /// <summary>Adds the layers; used for the whole file and for the runtime's part, so that both are the same arithmetic.</summary>
    public static void Add(OnnxGraph graph, string active, string margins, IReadOnlyList<DenseLayers> members)
    {
        var size = members[0].Size;
        var parts = members.Count == 1
            ? [active]
            : graph.Nodes("Split", [active, graph.Integers([.. members.Select(_ => (long)size)])], members.Count, ("axis", -1));
        var sum = margins;
        for (var i = 0; i < members.Count; i++)
        {
            var (hidden, bias, output) = members[i];
            var units = bias.Length;
            var first = graph.Node(
                "Gemm",
                [parts[i], graph.NamedFloats(DenseLayers.HiddenName(i), hidden, size, units), graph.NamedFloats(DenseLayers.BiasName(i), bias, units)]);
            // The other head's scores are this layer's addend: one operation less.
            sum = graph.Named(
                "Gemm",
                [graph.Node("Relu", [first]), graph.NamedFloats(DenseLayers.OutputName(i), output, units, output.Length / units), sum],
                [i == members.Count - 1 ? Logits : $"logits{i}"])[0];
        }
    }

    public static byte[] Write(IReadOnlyList<DenseLayers> members)
    {
        var graph = new OnnxGraph("dense");
        var labels = members[0].Labels;
        var active = graph.Input(Active, OnnxType.Float, "batch", members.Count * members[0].Size);
        var margins = graph.Input(Margins, OnnxType.Float, "batch", labels);
        Add(graph, active, margins, members);
        graph.Output(Logits, OnnxType.Float, "batch", labels);
        return graph.Write();
    }
}

/// <summary>Dense layers of one network.</summary>
/// <param name="Hidden">[size, units], row after row.</param>
/// <param name="Bias">[units].</param>
/// <param name="Output">[units, labels], mixed and calibrated.</param>
internal sealed record DenseLayers(float[] Hidden, float[] Bias, float[] Output)
{
    public int Size => Hidden.Length / Bias.Length;

    public int Labels => Output.Length / Bias.Length;

    public static string HiddenName(int member) => $"hidden{member}.weight";

    public static string BiasName(int member) => $"hidden{member}.bias";

    public static string OutputName(int member) => $"output{member}.weight";

    public static DenseLayers Read(OnnxFile file, int member) => new(
        file[HiddenName(member)].As<float>().ToArray(), file[BiasName(member)].As<float>().ToArray(), file[OutputName(member)].As<float>().ToArray());
}
