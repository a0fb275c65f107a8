using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;
using SmartService.Intent.Tests.Training;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Onnx;

/// <summary>Model files are plain ONNX: the ONNX project's own checker accepts them, and any runtime gives the answers this product gives.</summary>
public sealed class OnnxCheckerTests
{
    [OnnxCheckerFact]
    public void Checker_ShippedIntentModel_Accepts() => Check(Repository.ShippedModel).ShouldBe("17 data_sha256 features held_out labels languages");

    [OnnxCheckerFact]
    public void Checker_ShippedPredictor_Accepts() => Check(Repository.ShippedPredictor).ShouldStartWith("17");

    [OnnxCheckerFact]
    public async Task Checker_FreshModelOfSeveralMembers_Accepts()
    {
        var path = Path.Combine(Path.GetTempPath(), $"checked-{Guid.NewGuid():N}.onnx");
        try
        {
            await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options with { Network = SmallData.Options.Network with { Members = 2 } }, path);
            Check(path).ShouldStartWith("17");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("where is my parcel? it should have been here on monday")]
    [InlineData("환불 언제 되나요?")]
    [InlineData("这个是正品吗")]
    [InlineData("?")]
    public void WholeGraph_InAnyRuntime_AnswersAsTheScorerDoes(string text)
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        var vocabulary = IntentModelFile.ReadVocabulary(scorer.Metadata);
        var extraction = new FeatureExtraction(vocabulary.Settings);
        extraction.Extract(text);
        var (rows, weights) = (new int[vocabulary.Settings.MaxFeatures], new float[vocabulary.Settings.MaxFeatures]);
        var count = vocabulary.Weigh(extraction, rows, weights);
        // Two empty slots more, as a caller that pads would have.
        int[] shape = [1, count + 2];
        using var session = new InferenceSession(Repository.ShippedModel);
        using var outputs = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("rows", new DenseTensor<int>(rows.AsMemory(0, count + 2), shape)),
            NamedOnnxValue.CreateFromTensor("weights", new DenseTensor<float>(weights.AsMemory(0, count + 2), shape)),
        ]);

        var probabilities = new float[scorer.Labels.Count];
        var embedding = new float[scorer.EmbeddingSize];
        var outOfScope = scorer.Score(text, probabilities, embedding);
        Gap(outputs, "probabilities", probabilities).ShouldBeLessThan(1e-4f);
        Gap(outputs, "embedding", embedding).ShouldBeLessThan(1e-4f);
        Gap(outputs, "out_of_scope", [outOfScope]).ShouldBeLessThan(1e-4f);
    }

    private static float Gap(IReadOnlyCollection<DisposableNamedOnnxValue> outputs, string name, float[] expected) =>
        outputs.Single(o => o.Name == name).AsEnumerable<float>().Zip(expected, (a, b) => Math.Abs(a - b)).Max();

    private static string Check(string model)
    {
        const string Script = """
            import sys, onnx
            model = onnx.load(sys.argv[1])
            onnx.checker.check_model(model, full_check=True)
            wanted = ['data_sha256', 'features', 'held_out', 'labels', 'languages']
            found = [p.key for p in model.metadata_props]
            print(model.opset_import[0].version, *[k for k in wanted if k in found])
            """;
        using var python = Process.Start(new ProcessStartInfo(OnnxCheckerFactAttribute.Python, ["-c", Script, model])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        python.ExitCode.ShouldBe(0, error.Result);
        return output.Trim();
    }
}
