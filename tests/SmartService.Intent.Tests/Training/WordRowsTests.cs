using SmartService.Intent.Features;
using SmartService.Intent.Tests.Words;
using SmartService.Intent.Training;
using SmartService.Intent.Words;

namespace SmartService.Intent.Tests.Training;

public sealed class WordRowsTests
{
    private static readonly FeatureSettings Settings = new();
    private static readonly WordTable Table = WordTable.Read(SmallWords.File, "small.words");

    [Fact]
    public void For_EnglishMessages_FindsTheRowsOfTheirWords()
    {
        LabelledText[] data = [new("Where's my PARCEL?", "a"), new("a refund, please", "b")];
        var vocabulary = Vocabulary.Learn(Settings, data.Select(line => line.Text), 1);

        var words = WordRows.For(vocabulary, Table, data).ShouldNotBeNull();

        words.Count.ShouldBe(vocabulary.Rows);
        Enumerable.Range(0, words.Count).Count(words.Has).ShouldBe(2);
        var row = vocabulary.RowOf(FeatureExtraction.BucketOf(Settings, "parcel"));
        words.Vector(row).ToArray().ShouldBe(Table.Vector(Table.IndexOf("parcel")).ToArray());
    }

    [Fact]
    public void For_MessagesWithoutAnyOfTheWords_IsNothing()
    {
        LabelledText[] data = [new("배송 언제 와요", "a"), new("我的快递到哪了", "b")];
        WordRows.For(Vocabulary.Learn(Settings, data.Select(line => line.Text), 1), Table, data).ShouldBeNull();
    }

    [Fact]
    public void RowOf_EveryBucket_IsTheOneThatWeighingGives()
    {
        string[] texts = ["where is my parcel", "a refund please", "배송 언제 와요"];
        var vocabulary = Vocabulary.Learn(Settings, texts, 1);
        var extraction = new FeatureExtraction(Settings);
        extraction.Extract(texts[0]);
        var rows = new int[Settings.MaxFeatures];
        var count = vocabulary.Weigh(extraction, rows, new float[rows.Length]);

        rows[..count].ShouldBe(extraction.Buckets.ToArray().Select(vocabulary.RowOf));
        Enumerable.Range(0, Settings.Buckets).Count(bucket => vocabulary.RowOf(bucket) >= 0).ShouldBe(vocabulary.Rows);
    }

    [Fact]
    public async Task Train_AWordHeardOnceElsewhere_IsUnderstoodByItsMeaning()
    {
        string[] starts = ["where is my", "i want my", "tell me about the", "please check the", "what about my", "i am waiting for the"];
        string[] ends = ["", "please", "today", "now", "again"];
        // The last word of each topic is heard just in a message of another label.
        LabelledText[] data =
        [
            .. SmallWords.Topics.SelectMany(topic => topic.Value[..4].SelectMany(word => starts.SelectMany(start => ends.Select(
                end => new LabelledText($"{start} {word} {end}", topic.Key))))),
            .. SmallWords.Topics.Select(topic => new LabelledText($"hello {topic.Value[4]} friend", "greeting")),
            .. ends.Select(end => new LabelledText($"hello friend {end}", "greeting")),
        ];
        var options = new IntentTrainerOptions { Network = new() { Epochs = 8, BagSize = 32, HiddenSize = 64 } };
        var (blind, _) = await IntentTrainer.TrainModelAsync(data, options);
        var (model, _) = await IntentTrainer.TrainModelAsync(data, options with { Words = Table });

        Understood(model).ShouldBeGreaterThan(Understood(blind) + 0.1f);

        static float Understood(IntentModel model) => SmallWords.Topics.Average(
            topic => model.Score($"where is my {topic.Value[4]}").Probabilities[model.Labels.ToList().IndexOf(topic.Key)]);
    }

    [Fact]
    public async Task Train_WithATableOfWords_SaysSoInTheFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"words-{Guid.NewGuid():N}.onnx");
        try
        {
            await IntentTrainer.TrainAsync(SmallData.Lines, SmallData.Options with { Words = Table }, path);
            using var scorer = IntentScorer.Open(path);
            scorer.Metadata["words_sha256"].ShouldBe(Table.Hash);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
