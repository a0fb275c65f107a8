using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Tests.Knowledge.Qna;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Words = new([new(["postage", "delivery fee"])], [new("p1", ["Aerie 2", "에어리 2"])]);

    [Fact]
    public void SetVocabulary_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(new SetVocabulary(Words, "kim", Noon));

    [Fact]
    public void SetVocabulary_SameWordsInOtherArrays_ChangesNothing() => Given()
        .When(new SetVocabulary(Words, "kim", Noon))
        .When(new SetVocabulary(new([new(["postage", "delivery fee"])], [new("p1", ["Aerie 2", "에어리 2"])]), "kim", Noon))
        .ThenNothing();

    [Fact]
    public void SetVocabulary_LoneWord_IsRefused() => Given()
        .When(new SetVocabulary(new([new(["postage"])], []), "kim", Noon))
        .ThenRefused(KnowledgeRefusal.BadVocabulary);

    [Fact]
    public void NoteFeedback_WithSigns_TeachesTheRanking() => GivenItem()
        .When(new NoteFeedback("o1", Returns, false, Noon) { Question = [1, 2], Signs = [0.5, 0.9, 0.8, 0.7, 0, 0, 0, 1] })
        .ThenState(s => s.ShouldSatisfyAllConditions(
            () => s.Ranking.Lessons.ShouldBe(1),
            () => s.Ranking.Weights[0].ShouldBeLessThan(AnswerRanking.Shipped.Weights[0]),
            () => s.Votes["returns"].ShouldHaveSingleItem().Question.ShouldBe([1, 2])));

    [Fact]
    public void NoteFeedback_ManyVotesOneWay_StaysNearTheShippedRanking()
    {
        double[] signs = [1, 1, 1, 1, 1, 0, 0, 1];
        var ranking = AnswerRanking.Shipped;
        for (var i = 0; i < 2_000; i++)
        {
            ranking = ranking.Learn(signs, helpful: false);
        }

        ranking.Score(signs).ShouldBeLessThan(0.5);
        for (var i = 0; i < signs.Length; i++)
        {
            Math.Abs(ranking.Weights[i] - AnswerRanking.Shipped.Weights[i]).ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.93)]
    public void Score_NothingLearned_IsTheConfidenceItself(double confidence) =>
        AnswerRanking.Shipped.Score([AnswerRanking.SignOf(confidence), 0.4, 0.3, 0.2, 1, 0, 0, 1]).ShouldBe(confidence, 1e-9);

    [Fact]
    public void SaveItem_NewVersion_StartsWithoutVotes() => GivenItem()
        .When(new NoteFeedback("o1", Returns, false, Noon) { Question = [1] })
        .When(Save("60 days."))
        .ThenState(s => s.Votes.ShouldBeEmpty());
}
