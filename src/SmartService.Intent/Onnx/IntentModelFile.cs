using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using SmartService.Intent.Features;
using SmartService.Intent.Training;

namespace SmartService.Intent.Onnx;

/// <summary>Writes an intent model as one ONNX graph and reads back what the runtime needs.</summary>
/// <remarks>
/// Inputs: <c>rows</c> int32 [batch, slots] and <c>weights</c> float [batch, slots]; unused slots have weight 0. Outputs:
/// <c>probabilities</c> float [batch, labels], <c>out_of_scope</c> float [batch, 1], <c>embedding</c> float [batch, size],
/// length 1. Any runtime can run that graph. This product's own sums feature vectors itself, from the stored eight bits, and
/// hands the session just the dense layers (<see cref="DenseGraph"/>): a gather of a hundred float rows costs more than all the rest.
/// </remarks>
internal static class IntentModelFile
{
    /// <summary>Raised when files of older releases can no longer be read.</summary>
    public const int FormatVersion = 2;

    public const string Kind = "intents";
    public const string BagTable = "bag.rows";
    public const string MarginTable = "margin.rows";
    public const string BagBias = "bag.bias";
    public const string LogitBias = "logit.bias";
    public const string ScopeWeight = "scope.weight";
    public const string ScopeBias = "scope.bias";
    public const float LeastNorm = 1e-6f;

    public static byte[] Write(IntentModel model, ModelFacts facts)
    {
        var graph = new OnnxGraph(Kind);
        var rows = graph.Input("rows", OnnxType.Int32, "batch", "slots");
        var weights = graph.Input("weights", OnnxType.Float, "batch", "slots");
        var labels = model.Labels.Count;
        var size = model.EmbeddingSize;

        var (bag, margins) = Bag(graph, model, rows, weights);
        DenseGraph.Add(graph, graph.Node("Relu", [bag]), margins, model.Layers);
        graph.Named("Softmax", [DenseGraph.Logits], ["probabilities"], ("axis", -1));
        Scope(graph, model, weights);
        var norm = graph.Node("ReduceL2", [bag], ("axes", new[] { -1 }), ("keepdims", 1));
        graph.Named("Div", [bag, graph.Node("Max", [norm, graph.Floats([LeastNorm], 1)])], ["embedding"]);

        graph.Output("probabilities", OnnxType.Float, "batch", labels);
        graph.Output("out_of_scope", OnnxType.Float, "batch", 1);
        graph.Output("embedding", OnnxType.Float, "batch", size);
        Describe(graph, model, facts);
        return graph.Write();
    }

    /// <summary>Restores the vocabulary from the metadata of a file.</summary>
    /// <exception cref="FormatException">The metadata is of another version.</exception>
    public static Vocabulary ReadVocabulary(IReadOnlyDictionary<string, string> metadata)
    {
        var settings = FeatureSettings.Parse(metadata["features"]);
        using var packed = new MemoryStream(Convert.FromBase64String(metadata["idf"]));
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        var idf = new byte[settings.Buckets];
        unpacked.ReadExactly(idf);
        return new(settings, idf);
    }

    private static (string Bag, string Margins) Bag(OnnxGraph graph, IntentModel model, string rows, string weights)
    {
        var size = model.EmbeddingSize;
        var labels = model.Labels.Count;
        var network = QuantizedTable.Add(graph, BagTable, model.BagRows(), size, model.WeightBits);
        var linear = QuantizedTable.Add(graph, MarginTable, model.Linear.Weights, labels, model.WeightBits);
        var table = graph.Node("Concat", [network, linear], ("axis", 1));
        var picked = graph.Node("Gather", [table, rows], ("axis", 0));
        var row = graph.Node("Unsqueeze", [weights, graph.Integers(1)]);
        var sum = graph.Node("Squeeze", [graph.Node("MatMul", [row, picked]), graph.Integers(1)]);
        var parts = graph.Nodes("Split", [sum, graph.Integers(size, labels)], 2, ("axis", -1));
        var bag = graph.Node("Add", [parts[0], graph.NamedFloats(BagBias, model.BagBias(), size)]);
        return (bag, graph.Node("Add", [parts[1], graph.NamedFloats(LogitBias, model.LogitBias(), labels)]));
    }

    private static void Scope(OnnxGraph graph, IntentModel model, string weights)
    {
        const string Logits = DenseGraph.Logits;
        var labels = model.Labels.Count;
        var inScope = model.HasOutOfScope ? labels - 1 : labels;
        var within = graph.Node("Slice", [Logits, graph.Integers(0), graph.Integers(inScope), graph.Integers(1)]);
        var energy = graph.Node("ReduceLogSumExp", [within], ("axes", new[] { -1 }), ("keepdims", 1));
        string odds;
        if (model.HasOutOfScope)
        {
            var outside = graph.Node("Slice", [Logits, graph.Integers(inScope), graph.Integers(labels), graph.Integers(1)]);
            var raw = graph.Node("Sub", [outside, energy]);
            odds = graph.Node("Clip", [raw, graph.Floats([-ScopeEvidence.OddsLimit]), graph.Floats([ScopeEvidence.OddsLimit])]);
        }
        else
        {
            odds = graph.Node("Sub", [energy, energy]);
        }

        var likely = graph.Node("Slice", ["probabilities", graph.Integers(0), graph.Integers(inScope), graph.Integers(1)]);
        var best = graph.Node("ReduceMax", [likely], ("axes", new[] { -1 }), ("keepdims", 1));
        var known = graph.Node("ReduceSum", [graph.Node("Mul", [weights, weights]), graph.Integers(-1)], ("keepdims", 1));
        var evidence = graph.Node("Concat", [odds, energy, best, known], ("axis", -1));
        var score = graph.Node(
            "Gemm",
            [evidence, graph.NamedFloats(ScopeWeight, model.Scope.Weights, ScopeEvidence.Count, 1), graph.NamedFloats(ScopeBias, [model.Scope.Bias], 1)]);
        graph.Named("Sigmoid", [score], ["out_of_scope"]);
    }

    private static void Describe(OnnxGraph graph, IntentModel model, ModelFacts facts)
    {
        graph.Metadata("kind", Kind);
        graph.Metadata("format", FormatVersion.ToString(CultureInfo.InvariantCulture));
        graph.Metadata("members", model.Members.Count.ToString(CultureInfo.InvariantCulture));
        graph.Metadata("labels", string.Join('\n', model.Labels));
        graph.Metadata("languages", string.Join(' ', facts.Languages));
        graph.Metadata("features", model.Vocabulary.Settings.ToText());
        graph.Metadata("data_sha256", facts.DataHash);
        if (facts.WordsHash is { } words)
        {
            graph.Metadata("words_sha256", words);
        }

        graph.Metadata("seed", facts.Seed.ToString(CultureInfo.InvariantCulture));
        graph.Metadata("held_out", JsonSerializer.Serialize(facts.HeldOut, MetadataJson.Options));
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(model.Vocabulary.Idf);
        }

        graph.Metadata("idf", Convert.ToBase64String(packed.ToArray()));
    }
}
