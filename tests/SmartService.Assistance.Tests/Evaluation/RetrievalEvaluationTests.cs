using SmartService.Assistance.Evaluation;
using SmartService.Assistance.Tests.World;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Tests.Evaluation;

public sealed class RetrievalEvaluationTests
{
    private static readonly ImportedItem[] Items =
    [
        new(new("fee"), new(new("delivery.fee"), "How much is the delivery fee?", ["shipping cost"], "$5.", "en", [])),
        new(new("hours"), new(new("service.hours"), "When are you open?", [], "Always.", "en", [])),
    ];

    [Fact]
    public async Task Measure_CountsWhereTheRightItemCame()
    {
        ExpectedItem[] questions = [new("what is the delivery fee", "fee"), new("when do you open", "hours"), new("delivery fee", "hours")];

        var figures = await RetrievalEvaluation.MeasureAsync("two", new KeywordUnderstanding(), Items, questions, default);

        figures.Questions.ShouldBe(3);
        figures.Hybrid.HitAt1.ShouldBe(2.0 / 3, 1e-9);
        figures.Words.HitAt1.ShouldBe(2.0 / 3, 1e-9);
    }

    [Fact]
    public async Task Measure_UnknownItem_IsNamed()
    {
        var measure = () => RetrievalEvaluation.MeasureAsync("two", new KeywordUnderstanding(), Items, [new("fee?", "nowhere")], default);

        (await measure.ShouldThrowAsync<ArgumentException>()).Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Time_GeneratedItems_AreAllIndexedAndTimed()
    {
        var items = GeneratedItems.From(Items, 500);

        var times = await RetrievalEvaluation.TimeAsync(new KeywordUnderstanding(), items, ["what is the delivery fee"], default);

        items.Select(item => item.Id).Distinct().Count().ShouldBe(500);
        times.Items.ShouldBe(500);
        times.Phrasings.ShouldBe(items.Sum(item => 1 + item.Content.Variants.Length));
        times.P99Ms.ShouldBeGreaterThanOrEqualTo(times.P50Ms);
        times.EditP99Ms.ShouldBeGreaterThanOrEqualTo(times.EditP50Ms);
    }

    [Fact]
    public void ReadQuestions_FaultyLines_AreAllNamed()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "# said\nfine\tfee\nno tab\n\nthree\tparts\there\n");

            var read = () => RetrievalFiles.ReadQuestions(path);

            var message = read.ShouldThrow<InvalidDataException>().Message;
            message.ShouldContain(":3:");
            message.ShouldContain(":5:");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
