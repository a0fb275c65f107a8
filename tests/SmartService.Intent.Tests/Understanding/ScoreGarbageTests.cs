namespace SmartService.Intent.Tests.Understanding;

/// <summary>Nothing runs beside these: the runtime compiles what is called often anew only when nothing else is called for the first time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class ScoreGarbageTests
{
    [Fact]
    public void Score_AnyMessage_SumsToOneAndAllocatesNothing()
    {
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        var probabilities = new float[scorer.Labels.Count];
        var embedding = new float[scorer.EmbeddingSize];
        foreach (var text in new[] { "?", "배송", "where is it 我的快递 " + new string('가', 3_000) })
        {
            scorer.Score(text, probabilities, embedding);
            probabilities.Sum().ShouldBe(1, 1e-4);
            Garbage.ShouldBeAtMost(64, () => scorer.Score(text, probabilities, embedding));
        }
    }
}
