using SmartService.Assistance.Answers;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;

namespace SmartService.Assistance.Tests.Answers;

public sealed class DiscountLimitTests
{
    [Theory]
    [InlineData("Take 30% off today", 30)]
    [InlineData("Take ３０％ off", 30)]
    [InlineData("12.5 % off, or 7,5% with the card", 12.5)]
    [InlineData("fifty percent off", 50)]
    [InlineData("A half-price week", 50)]
    [InlineData("오늘만 40퍼센트 할인", 40)]
    [InlineData("70프로 할인", 70)]
    [InlineData("오십 퍼센트 할인", 50)]
    [InlineData("전 품목 반값", 50)]
    [InlineData("全场8折", 20)]
    [InlineData("全场85折", 15)]
    [InlineData("全场八五折", 15)]
    [InlineData("降价百分之三十", 30)]
    [InlineData("全场半价", 50)]
    [InlineData("Delivery takes 3 days and costs 3,000 won", 0)]
    [InlineData("프로젝트 30개, 折叠椅", 0)]
    public void Largest_InTheWaysPeopleWriteIt(string text, double percent) => DiscountLimit.Largest(text).ShouldBe(percent, 0.001);

    [Fact]
    public void Answer_AboveTheLimit_IsHeldBack_AlsoByAButton()
    {
        DiscountLimit.Exceeded(Answer("Use code TEN for 10% off"), 10).ShouldBeFalse();
        DiscountLimit.Exceeded(Answer("Use code TEN for 11% off"), 10).ShouldBeTrue();
        DiscountLimit.Exceeded(Answer("A surprise", "Get 90% off"), 10).ShouldBeTrue();
        DiscountLimit.Exceeded(Answer("90% off"), null).ShouldBeFalse();
    }

    private static CandidateAnswer Answer(string text, string? button = null) => new(
        new("promo.coupon"), text, new AnswerSource("qna", "i", 1), 0.9, button is null ? [] : [new AnswerAction(button, null)]);
}
