using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Understanding;
using SmartService.Intent.Learning;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Learning;

public sealed class TenantModelTests(ShippedScorer shipped) : IClassFixture<ShippedScorer>
{
    private static readonly TenantId North = new("north");
    private static readonly TenantId South = new("south");

    /// <summary>A store whose shoppers call a parcel a "drop" and gift wrapping "bow it".</summary>
    private static IReadOnlyList<Lesson> Slang { get; } =
    [
        .. Taught("order.status", "where is my drop", "has my drop landed", "drop update please", "any word on the drop", "when does my drop land", "track the drop"),
        .. Taught("order.cancel", "unstash it", "please unstash my cart", "can you unstash this", "unstash what I bought", "I want to unstash", "unstash everything now"),
        .. Taught("gift.wrap", "can you bow it", "bow it please", "do you bow things", "bow it for my sister", "how much to bow it", "please bow both of them"),
    ];

    [Fact]
    public void Train_OwnWords_ReadsUnseenMessagesAsTaught()
    {
        var models = new TenantModels(shipped.Scorer);

        var model = models.Train(Slang, default);

        string[] unseen = ["did the drop land yet", "unstash the shoes", "could you bow it for me"];
        unseen.Select(text => models.Understand(model, text).Best.Intent.Value).ShouldBe(["order.status", "order.cancel", "gift.wrap"]);
        models.Understand(null, unseen[1]).Best.Intent.ShouldNotBe(new IntentId("order.cancel"));
    }

    [Fact]
    public void Train_OwnWords_LeavesOtherMessagesAsTheyWere()
    {
        var models = new TenantModels(shipped.Scorer);
        var model = models.Train(Slang, default);
        var others = TrainingFiles.Read(Path.Combine(Repository.Root, "tests/SmartService.Intent.Tests/Messages/en.test.tsv"));

        var same = others.Count(line => models.Understand(model, line.Text).Best.Intent == models.Understand(null, line.Text).Best.Intent);

        ((double)same / others.Count).ShouldBeGreaterThan(0.97);
    }

    [Fact]
    public void Train_SameLessons_GivesTheSameBytes()
    {
        var models = new TenantModels(shipped.Scorer);

        models.Train(Slang, default).File.ToArray().ShouldBe(models.Train([.. Slang], default).File.ToArray());
    }

    [Fact]
    public void Train_DoesNotMean_MakesItLessProbable()
    {
        var models = new TenantModels(shipped.Scorer);
        const string text = "where is my package";
        var before = models.Understand(null, text).Best;

        var model = models.Train([.. Slang, .. Enumerable.Repeat(new Lesson(text, before.Intent, Means: false, 0.3), 5)], default);

        var after = models.Understand(model, text).Top.FirstOrDefault(score => score.Intent == before.Intent).Probability;
        after.ShouldBeLessThan(before.Probability);
    }

    [Fact]
    public void Train_OnlyWhatMessagesDoNotMean_IsRefused()
    {
        var models = new TenantModels(shipped.Scorer);

        Should.Throw<UnderstandingException>(() => models.Train([new("hello", Intents.Greeting, Means: false, 1)], default));
    }

    [Fact]
    public void Understand_Corrected_IsAProbabilityOverAllLabels()
    {
        var models = new TenantModels(shipped.Scorer);
        var model = models.Train(Slang, default);

        var read = models.Understand(model, "bow it");

        read.Top.Sum(score => score.Probability).ShouldBeLessThan(1.0001f);
        read.OutOfScope.ShouldBeInRange(0, 1);
        read.OutOfScope.ShouldBeLessThan(models.Understand(null, "bow it").OutOfScope);
        read.Embedding.ShouldBe(models.Understand(null, "bow it").Embedding);
        read.Model.ShouldBe($"intents@{shipped.Scorer.Hash[..12]}+tenant@{model.Hash[..12]}");
    }

    [Fact]
    public void Read_OneBitFlippedAnywhere_IsRefused()
    {
        var models = new TenantModels(shipped.Scorer);
        var file = models.Train(Slang, default).File.ToArray();
        for (var at = 0; at < file.Length; at += file.Length / 50)
        {
            var damaged = file.ToArray();
            damaged[at] ^= 0x10;
            Should.Throw<UnderstandingException>(() => models.Read(damaged)).Message.ShouldContain("damaged");
        }

        Should.Throw<UnderstandingException>(() => models.Read(file.AsMemory(..^1)));
        Should.Throw<UnderstandingException>(() => models.Read(default));
        models.Read(file).Hash.ShouldBe(models.Train(Slang, default).Hash);
    }

    [Fact]
    public void Use_OfAnotherShippedModel_IsRefused()
    {
        var models = new TenantModels(shipped.Scorer);
        var own = (TenantModel)models.Train(Slang, default);
        var other = TenantModelFile.Write(new string('0', 64), own.Head);

        Should.Throw<ArgumentException>(() => models.Use(North, other));
        models.LiveOf(North).ShouldBeNull();
    }

    [Fact]
    public async Task Use_OneTenant_ChangesNothingForAnother()
    {
        var (understanding, models) = shipped.Understanding();
        var before = await understanding.UnderstandAsync(South, "can you bow it", default);

        models.Use(North, models.Train(Slang, default));

        (await understanding.UnderstandAsync(North, "can you bow it", default)).Best.Intent.ShouldBe(new IntentId("gift.wrap"));
        var after = await understanding.UnderstandAsync(South, "can you bow it", default);
        (after.Model, after.OutOfScope).ShouldBe((before.Model, before.OutOfScope));
        after.Top.ShouldBe(before.Top);
    }

    /// <summary>Readers hammer while models change; each reading is wholly of one model, and none fails or waits for a swap.</summary>
    [Fact]
    public async Task Use_WhileMessagesAreRead_EveryReadingIsWhollyOfOneModel()
    {
        const string text = "can you bow it";
        var (understanding, models) = shipped.Understanding();
        var one = models.Train(Slang, default);
        var two = models.Train([.. Slang, .. Taught("service.praise", text, text, text)], default);
        var allowed = new ITenantModel?[] { null, one, two }.Select(model => models.Understand(model, text)).ToDictionary(read => read.Model ?? "", read => read.Top);
        using var done = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<string, bool>();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var read = await understanding.UnderstandAsync(North, text, default);
                read.Top.ShouldBe(allowed[read.Model ?? ""]);
                seen[read.Model ?? ""] = true;
            }
        })).ToArray();

        for (var swap = 0; swap < 3_000 || (seen.Count < allowed.Count && !readers.Any(reader => reader.IsCompleted)); swap++)
        {
            models.Use(North, (swap % 3) switch { 0 => one, 1 => two, _ => null });
            await Task.Yield();
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static IEnumerable<Lesson> Taught(string intent, params string[] texts) => texts.Select(text => new Lesson(text, new(intent), Means: true, 1));
}

/// <summary>The shipped model, opened once.</summary>
public sealed class ShippedScorer : IDisposable
{
    public IntentScorer Scorer { get; } = IntentScorer.Open(Path.Combine(Repository.Root, ShippedIntents.ModelFile));

    public void Dispose() => Scorer.Dispose();

    internal (IUnderstanding Understanding, ITenantModels Models) Understanding()
    {
        var models = new TenantModels(Scorer);
        return (new TenantUnderstanding(new OnnxUnderstanding(Scorer, new IntentOptions()), models), models);
    }
}
