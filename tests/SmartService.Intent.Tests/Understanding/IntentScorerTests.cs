using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartService.Engine.Understanding;
using SmartService.Intent.Onnx;
using SmartService.Intent.Tests.Training;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Understanding;

public sealed class IntentScorerTests(IntentScorerTests.TwoModels models) : IClassFixture<IntentScorerTests.TwoModels>
{
    [Fact]
    public async Task Replace_WhileCallsAreUnderWay_EveryCallIsAnsweredByOneOfBoth()
    {
        using var scorer = IntentScorer.Open(models.First);
        var (before, after) = (Answer(models.First), Answer(models.Second));
        before.ShouldNotBe(after);
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var answers = new HashSet<float>();
            while (!stop.IsCancellationRequested)
            {
                answers.Add(Answer(scorer));
            }

            return answers;
        })).ToArray();
        for (var swap = 0; swap < 20; swap++)
        {
            scorer.Replace(swap % 2 == 0 ? models.Second : models.First);
        }

        await stop.CancelAsync();
        var seen = (await Task.WhenAll(callers)).SelectMany(answers => answers).ToHashSet();
        seen.IsSubsetOf([before, after]).ShouldBeTrue();
        Answer(scorer).ShouldBe(before);
    }

    [Fact]
    public void Replace_ByOtherLabels_KeepsTheFormer()
    {
        using var scorer = IntentScorer.Open(models.First);
        Should.Throw<IntentModelException>(() => scorer.Replace(Repository.ShippedModel)).Message.ShouldContain("labels");
        Answer(scorer).ShouldBe(Answer(models.First));
    }

    [Fact]
    public void Replace_ByDamagedFile_KeepsTheFormer()
    {
        using var scorer = IntentScorer.Open(models.First);
        var bytes = File.ReadAllBytes(models.Second);
        bytes[bytes.Length / 3] ^= 4;
        var damaged = models.PathOf("damaged");
        File.WriteAllBytes(damaged, bytes);
        Should.Throw<IntentModelException>(() => scorer.Replace(damaged));
        Answer(scorer).ShouldBe(Answer(models.First));
    }

    [Fact]
    public void Reload_ChangedFile_IsTakenOnceAndADamagedOneIsLeftAlone()
    {
        var path = models.PathOf("live");
        File.Copy(models.First, path, overwrite: true);
        using var scorer = IntentScorer.Open(path);
        using var reload = new ModelReload(
            scorer, Options.Create(new IntentOptions { ModelPath = path }), TimeProvider.System, NullLogger<ModelReload>.Instance);
        reload.Look().ShouldBeFalse();

        File.Copy(models.Second, path, overwrite: true);
        File.SetLastWriteTimeUtc(path, new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        reload.Look().ShouldBeTrue();
        reload.Look().ShouldBeFalse();
        Answer(scorer).ShouldBe(Answer(models.Second));

        File.WriteAllText(path, "not a model");
        File.SetLastWriteTimeUtc(path, new(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        reload.Look().ShouldBeFalse();
        Answer(scorer).ShouldBe(Answer(models.Second));
    }

    [Fact]
    public void Score_AfterDispose_IsRefused()
    {
        var scorer = IntentScorer.Open(models.First);
        scorer.Dispose();
        Should.Throw<ObjectDisposedException>(() => Answer(scorer));
    }

    [Fact]
    public void Score_CallThatIsStopped_FailsAndTheNextOneIsAnswered()
    {
        using var model = LoadedModel.Open(models.First, 4, TimeSpan.FromMinutes(1));
        model.TryEnter(out var context).ShouldBeTrue();
        context.Stop(); // As the watch does with a call that takes too long.
        var fault = Should.Throw<UnderstandingException>(() => Answer(context, model));
        fault.Message.ShouldContain(models.First);
        context.IsBroken.ShouldBeTrue();
        model.Leave(context);

        model.TryEnter(out var next).ShouldBeTrue();
        next.ShouldNotBeSameAs(context);
        Answer(next, model).ShouldBe(Answer(models.First));
        model.Leave(next);
    }

    [Fact]
    public async Task Score_WeightsThatAreNotNumbers_FailTyped()
    {
        var (model, metrics) = await IntentTrainer.TrainModelAsync(SmallData.Lines, SmallData.Options);
        model.Linear.Bias[0] = float.NaN;
        var path = models.PathOf("nan");
        await File.WriteAllBytesAsync(path, IntentModelFile.Write(model, new("hash", 1, ["en"], metrics)));
        // Noticed when the file is opened: such a model never serves.
        Should.Throw<IntentModelException>(() => IntentScorer.Open(path)).InnerException.ShouldBeOfType<UnderstandingException>();
    }

    private static float Answer(string path)
    {
        using var scorer = IntentScorer.Open(path);
        return Answer(scorer);
    }

    private static float Answer(IntentScorer scorer) => scorer.Score("where is my order", new float[scorer.Labels.Count], []);

    private static float Answer(ScoringContext context, LoadedModel model) => context.Score("where is my order", new float[model.Labels.Count], []);

    /// <summary>Two models of the same labels, trained once for the class.</summary>
    public sealed class TwoModels : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("scorer-tests-").FullName;

        public string First => PathOf("first");

        public string Second => PathOf("second");

        public string PathOf(string name) => Path.Combine(_folder, name + ".onnx");

        public async Task InitializeAsync()
        {
            await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options, First);
            await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options with { Seed = 2 }, Second);
        }

        public Task DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
