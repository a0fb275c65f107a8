using System.Text.Json;
using SmartService.Intent.Onnx;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Training;

public sealed class IntentTrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("intent-tests-").FullName;

    [Fact]
    public async Task Train_SameSeed_GivesTheSameBytes()
    {
        await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options, PathOf("a"));
        await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options, PathOf("b"));
        File.ReadAllBytes(PathOf("a")).ShouldBe(File.ReadAllBytes(PathOf("b")));
    }

    [Fact]
    public async Task Train_OtherSeed_GivesAnotherModel()
    {
        await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options, PathOf("a"));
        await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options with { Seed = 2 }, PathOf("b"));
        File.ReadAllBytes(PathOf("a")).ShouldNotBe(File.ReadAllBytes(PathOf("b")));
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 2)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    public async Task Scorer_AnyMessage_ScoresAsTheManagedModelDoes(int bits, int members)
    {
        var options = SmallData.Options with { Network = SmallData.Options.Network with { WeightBits = bits, Members = members } };
        var (model, metrics) = await IntentTrainer.TrainModelAsync(SmallData.Lines, options);
        await File.WriteAllBytesAsync(PathOf("m"), IntentModelFile.Write(model, new("hash", 1, ["en"], metrics)));
        using var scorer = IntentScorer.Open(PathOf("m"));
        foreach (var text in new[] { "where is my order", "환불 주세요", "取消", "zzz qqq", "tell me about the weather and the order " + new string('x', 300), "?" })
        {
            var expected = model.Score(text);
            var probabilities = new float[scorer.Labels.Count];
            var embedding = new float[scorer.EmbeddingSize];
            var score = scorer.Score(text, probabilities, embedding);
            score.ShouldBe(expected.OutOfScope, 1e-4f);
            probabilities.Zip(expected.Probabilities, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f);
            embedding.Zip(expected.Embedding, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f);
        }
    }

    [Fact]
    public async Task ScoreBatch_ManyMessages_ScoresEachAsAlone()
    {
        await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options, PathOf("m"));
        using var scorer = IntentScorer.Open(PathOf("m"));
        string[] texts = ["where is my order please", "환불", "tell me a very long joke about a parcel and a refund"];
        var batch = new float[texts.Length * scorer.Labels.Count];
        var scores = new float[texts.Length];
        var embeddings = new float[texts.Length * scorer.EmbeddingSize];
        scorer.ScoreBatch(texts, batch, scores, embeddings);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = new float[scorer.Labels.Count];
            var embedding = new float[scorer.EmbeddingSize];
            scorer.Score(texts[i], alone, embedding).ShouldBe(scores[i], 1e-5f);
            embedding.Zip(embeddings.Skip(i * embedding.Length), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
            alone.Zip(batch.Skip(i * alone.Length), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
        }
    }

    [Fact]
    public async Task Train_LearnableData_IsLearned()
    {
        var report = await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options, PathOf("m"));
        report.HeldOut.Accuracy.ShouldBeGreaterThan(0.9);
        report.HeldOut.Auroc.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public async Task Train_FewLabels_KeepsCommonWordsHeavy()
    {
        // Here only the most common words differ between labels; everything rare is noise.
        var random = new SeededRandom(5);
        LabelledText Line(int i) => new(
            string.Join(' ', Enumerable.Range(0, 6).Select(_ => $"w{random.Next(4_000)}").Append(i % 2 == 0 ? "is it" : "it is")), i % 2 == 0 ? "asks" : "says");
        var data = Enumerable.Range(0, 400).Select(Line).ToArray();
        var options = SmallData.Options with { Network = SmallData.Options.Network with { Rarity = null } };
        RarityChoice.For(data, ["asks", "says"], options, CancellationToken.None).ShouldBeLessThan(1);
        var (_, metrics) = await IntentTrainer.TrainModelAsync(data, options);
        metrics.Accuracy.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public async Task Train_ValidationThatIsInTheData_DoesNotCount()
    {
        // Judged on what it has learned by heart, a model would look better than on a split.
        var shouted = SmallData.Lines.Select(line => line with { Text = line.Text.ToUpperInvariant() + "!" }).ToArray();
        var split = await IntentTrainer.TrainModelAsync(SmallData.Lines, SmallData.Options);
        var seen = await IntentTrainer.TrainModelAsync(SmallData.Lines, SmallData.Options with { Validation = shouted });
        seen.Metrics.ShouldBeEquivalentTo(split.Metrics);
    }

    [Fact]
    public void Read_FaultyLines_NamesEveryOneOfThem()
    {
        File.WriteAllText(PathOf("bad.tsv"), "fine\torder.status\nno label\n\torder.status\ntwo\ttabs\there\nwhat\tno.such\n");
        var fault = Should.Throw<TrainingFileException>(() => TrainingFiles.Read(PathOf("bad.tsv"), ["order.status"]));
        fault.Faults.Count.ShouldBe(4);
        fault.Faults.Select(f => f.Split(':')[^2]).ShouldBe(["2", "3", "4", "5"]);
    }

    [Fact]
    public async Task TrainVerb_FaultyFile_WritesNothingAndSaysWhy()
    {
        await File.WriteAllTextAsync(PathOf("bad.tsv"), "no label\n");
        using var error = new StringWriter();
        var code = await IntentVerbs.TrainIntentsAsync(new(PathOf("bad.tsv"), PathOf("out.onnx")), TextWriter.Null, error);
        code.ShouldBe(1);
        error.ToString().ShouldContain("bad.tsv:1");
        File.Exists(PathOf("out.onnx")).ShouldBeFalse();
    }

    [Fact]
    public async Task EvaluateVerb_TwoFiles_WritesFigures()
    {
        await File.WriteAllLinesAsync(PathOf("train.tsv"), SmallData.Lines.Select(l => $"{l.Text}\t{l.Label}"));
        using var output = new StringWriter();
        var arguments = new EvaluateIntentsArguments(PathOf("train.tsv"), PathOf("train.tsv"), Seeds: 2, Json: PathOf("out.json"));
        var code = await IntentVerbs.EvaluateIntentsAsync(arguments, output, TextWriter.Null);
        code.ShouldBe(0);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("out.json")));
        var figures = json.RootElement;
        figures.GetProperty("accuracy").GetDouble().ShouldBeInRange(0.9, 1);
        figures.GetProperty("seeds").GetInt32().ShouldBe(2);
        figures.GetProperty("perSeed").GetArrayLength().ShouldBe(2);
        foreach (var name in new[] { "macroF1", "top3", "auroc", "oosRecallAt10", "ece", "singlePerSecond", "batchedPerSecond", "p50Micros", "p99Micros", "bytesPerCall" })
        {
            figures.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Number, name);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
