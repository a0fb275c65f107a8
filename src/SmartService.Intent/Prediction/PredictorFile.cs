using System.Globalization;
using System.Text.Json;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Prediction;

/// <summary>Writes the next-question model as ONNX.</summary>
/// <remarks>
/// Input: <c>rows</c> float [rows, width], row 0 for "about no order", whose first number is 0; the first number of an order's
/// row is 1. Output: <c>pairs</c> float [1, rows × questions], probabilities that sum to 1; in each row "asks nothing" is last.
/// </remarks>
internal static class PredictorFile
{
    public const int FormatVersion = 2;

    public const string Kind = "questions";

    public static byte[] Write(PredictorNetwork network, ulong seed, PredictorReport report, PrecisionCurve precision)
    {
        var graph = new OnnxGraph(Kind);
        var rows = graph.Input("rows", OnnxType.Float, "rows", network.Width);
        var hidden = graph.Node("Relu", [graph.Node(
            "Gemm",
            [rows, graph.Floats(network.Hidden, network.Width, network.HiddenSize), graph.Floats(network.HiddenBias, network.HiddenSize)])]);
        var orders = graph.Node("Softmax", [graph.Node("MatMul", [hidden, graph.Floats(network.Order, network.HiddenSize, 1)])], ("axis", 0));
        var scores = graph.Node(
            "Gemm",
            [
                hidden, graph.Floats(network.Output, network.HiddenSize, QuestionLabels.Count),
                graph.Floats(network.OutputBias, QuestionLabels.Count),
            ]);
        var isOrder = graph.Node("Slice", [rows, graph.Integers(0), graph.Integers(1), graph.Integers(1)]);
        var mask = graph.Node("Mul", [isOrder, graph.Floats(PredictorNetwork.OrderMask, 1, QuestionLabels.Count)]);
        var issues = graph.Node("Softmax", [graph.Node("Add", [scores, mask])], ("axis", 1));
        graph.Named("Reshape", [graph.Node("Mul", [issues, orders]), graph.Integers(1, -1)], ["pairs"]);
        graph.Output("pairs", OnnxType.Float, 1, "pairs_count");

        graph.Metadata("kind", Kind);
        graph.Metadata("format", FormatVersion.ToString(CultureInfo.InvariantCulture));
        graph.Metadata("labels", string.Join('\n', QuestionLabels.All.Select(label => label.Value)));
        graph.Metadata("features", Layout);
        graph.Metadata("seed", seed.ToString(CultureInfo.InvariantCulture));
        graph.Metadata("precision", JsonSerializer.Serialize(precision, MetadataJson.Options));
        graph.Metadata("figures_from", "simulated shoppers");
        graph.Metadata("held_out", JsonSerializer.Serialize(report, MetadataJson.Options));
        return graph.Write();
    }

    /// <summary>Version and width of the features: a model trained on another layout is refused.</summary>
    public static string Layout { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{FeatureExtractor.Version} {FeatureExtractor.Width}");
}
