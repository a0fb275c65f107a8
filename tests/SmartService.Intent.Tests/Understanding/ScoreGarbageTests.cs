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
        const int Calls = 50;
        const int Rounds = 2_000;
        using var scorer = IntentScorer.Open(Repository.ShippedModel);
        var probabilities = new float[scorer.Labels.Count];
        var embedding = new float[scorer.EmbeddingSize];
        foreach (var text in new[] { "?", "배송", "where is it 我的快递 " + new string('가', 3_000) })
        {
            scorer.Score(text, probabilities, embedding);
            probabilities.Sum().ShouldBe(1, 1e-4);
            // The runtime compiles what is called often anew, in the background; only then boxes disappear. It gets many
            // rounds for that; a call that truly makes garbage makes it in all of them.
            var least = long.MaxValue;
            for (var round = 0; round < Rounds && least > 64; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < Calls; i++)
                {
                    scorer.Score(text, probabilities, embedding);
                }

                least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Calls);
            }

            least.ShouldBeLessThanOrEqualTo(64);
        }
    }
}
