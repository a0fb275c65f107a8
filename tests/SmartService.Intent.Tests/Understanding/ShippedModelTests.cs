using SmartService.Domain;
using SmartService.Intent.Evaluation;
using SmartService.Intent.Onnx;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Understanding;

public sealed class ShippedModelTests
{
    private static readonly TenantId Tenant = new("demo");

    [Fact]
    public void Model_AndUtterances_BelongTogether()
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        scorer.Metadata["data_sha256"].ShouldBe(
            TrainingFiles.HashOf(ShippedIntents.ReadUtterances(Repository.Root)),
            "The utterances changed: run './smart train shipped' and commit the model.");
        scorer.Labels.ShouldBe(Intents.Shipped.Select(intent => intent.Value));
    }

    [Fact]
    public void Model_File_IsSmallEnoughToShip() => new FileInfo(Repository.ShippedModel).Length.ShouldBeLessThan(5_000_000);

    /// <summary>Messages that nobody who wrote training words has read. What was measured is in docs/understanding.md; a little less is allowed.</summary>
    [Theory]
    [InlineData("en", 0.90, 0.96, 0.96)]
    [InlineData("ko", 0.93, 0.98, 0.98)]
    [InlineData("zh", 0.90, 0.97, 0.97)]
    public void UnseenMessages_EachLanguage_AreUnderstood(string language, double accuracy, double top3, double auroc)
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        var report = IntentEvaluator.Evaluate(
            scorer, TrainingFiles.Read(Path.Combine(Repository.Root, "tests", "SmartService.Intent.Tests", "Messages", $"{language}.test.tsv"), [.. scorer.Labels]));
        report.Accuracy.ShouldBeGreaterThan(accuracy);
        report.Top3.ShouldBeGreaterThan(top3);
        report.Auroc.ShouldBeGreaterThan(auroc);
        report.Ece.ShouldBeLessThan(0.1);
    }

    [Theory]
    [InlineData("where is my parcel?", "order.status", "en")]
    [InlineData("please cancel my order", "order.cancel", "en")]
    [InlineData("my card was declined", "payment.failed", "en")]
    [InlineData("환불 언제 되나요?", "refund.status", "ko")]
    [InlineData("쿠폰이 적용이 안 돼요", "promo.coupon", "ko")]
    [InlineData("배송비 얼마예요?", "delivery.fee", "ko")]
    [InlineData("这个是正品吗", "product.authenticity", "zh")]
    [InlineData("我要退货", "return.request", "zh")]
    [InlineData("转人工", "service.human", "zh")]
    public async Task Understand_PlainQuestion_IsUnderstood(string text, string intent, string language)
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        var understanding = await new OnnxUnderstanding(scorer).UnderstandAsync(Tenant, text, CancellationToken.None);
        understanding.Best.Intent.Value.ShouldBe(intent);
        understanding.Language.ShouldBe(language);
        understanding.OutOfScope.ShouldBeLessThan(0.5f);
        understanding.Top.Count.ShouldBe(5);
        understanding.Top.Select(t => t.Probability).ShouldBeInOrder(SortDirection.Descending);
        understanding.Embedding.Sum(x => x * x).ShouldBe(1, 1e-3);
    }

    [Fact]
    public async Task Score_ManyCallersAtOnce_AgreeWithOneCaller()
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        string[] texts = ["where is my order", "환불해 주세요", "怎么退货", "tell me a joke"];
        var alone = texts.Select(Best).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Best(texts[i % texts.Length]))));
        together.ShouldBe(Enumerable.Range(0, 200).Select(i => alone[i % texts.Length]));

        (int, float) Best(string text)
        {
            var probabilities = new float[scorer.Labels.Count];
            var scope = scorer.Score(text, probabilities, []);
            return (Array.IndexOf(probabilities, probabilities.Max()), scope);
        }
    }

    [Fact]
    public async Task Embed_LikeQuestions_AreNearerThanUnlikeOnes()
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        var e = await new OnnxUnderstanding(scorer).EmbedAsync(
            Tenant, ["how long does delivery take", "when will delivery arrive if I order now", "is this product genuine"], CancellationToken.None);
        Cosine(e[0], e[1]).ShouldBeGreaterThan(Cosine(e[0], e[2]) + 0.1f);

        static float Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }

    [Fact]
    public void Open_DamagedFile_NamesFileAndRemedy()
    {
        var path = Path.Combine(Path.GetTempPath(), $"damaged-{Guid.NewGuid():N}.onnx");
        var bytes = File.ReadAllBytes(Repository.ShippedModel);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        try
        {
            var fault = Should.Throw<IntentModelException>(() => IntentScorer.Open(path));
            fault.Message.ShouldContain(path);
            fault.Message.ShouldContain("train shipped");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Open_OtherKindOfModel_IsRefused() =>
        Should.Throw<IntentModelException>(() => IntentScorer.Open(Repository.ShippedPredictor)).Message.ShouldContain("questions");

    [Fact]
    public void Open_MissingFile_IsRefused() => Should.Throw<IntentModelException>(() => IntentScorer.Open("/no/such/model.onnx"));
}
