using SmartService.Assistance.Answers;
using SmartService.Assistance.Tests.World;

namespace SmartService.Assistance.Tests.Answers;

public sealed class FollowUpTests
{
    [Theory]
    [InlineData("and how long does it take?")]
    [InlineData("what about refunds?")]
    [InlineData("how long?")]
    [InlineData("can I still change it?")]
    [InlineData("그럼 환불은요?")]
    [InlineData("얼마나 걸려요?")]
    [InlineData("그건 언제 되나요?")]
    [InlineData("那运费呢")]
    [InlineData("要多久？")]
    [InlineData("那个可以退吗")]
    public void Leans_OnWhatWasSaid_IsSeen(string text) => FollowUp.Leans(text).ShouldBeTrue();

    [Theory]
    [InlineData("How do I return my boots?")]
    [InlineData("Where is my order?")]
    [InlineData("환불은 언제 되나요?")]
    [InlineData("배송비는 얼마인가요?")]
    [InlineData("怎么申请退货？")]
    [InlineData("运费是多少？")]
    public void Leans_QuestionWithASubjectOfItsOwn_IsNot(string text) => FollowUp.Leans(text).ShouldBeFalse();

    [Theory]
    [InlineData("en", "What is the delivery fee?", "and who pays it?")]
    [InlineData("ko", "배송비가 얼마예요?", "그건 누가 내나요?")]
    [InlineData("zh", "运费是多少？", "那谁出呢？")]
    public async Task Ask_PointsBack_IsAnsweredByTheTopicOfTheConversation(string locale, string first, string then)
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "What is the delivery fee?", "Delivery is $5.");
        await store.SaveAsync("payer-en", "delivery.fee", "Who pays the delivery fee of a return?", "We do.");
        await store.SaveAsync("fee-ko", "delivery.fee", "배송비가 얼마예요?", "3,000원입니다.", "ko");
        await store.SaveAsync("payer-ko", "delivery.fee", "반품 배송비는 누가 내나요?", "저희가 냅니다.", "ko");
        await store.SaveAsync("fee-zh", "delivery.fee", "运费是多少？", "10元。", "zh");
        await store.SaveAsync("payer-zh", "delivery.fee", "退货运费谁出？", "我们出。", "zh");
        await store.AskAsync(first, locale);

        var reply = (await store.AskAsync(then, locale, "m-2")).Replies.ShouldHaveSingleItem();

        reply.Source!.Id.ShouldBe("payer-" + locale);
    }

    [Fact]
    public async Task Ask_LeansOnNothing_IsTakenByItself()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "What is the delivery fee?", "Delivery is $5.");

        (await store.AskAsync("and what is the delivery fee?")).Replies.ShouldHaveSingleItem().Source!.Id.ShouldBe("fee-en");
    }

    [Fact]
    public async Task Ask_AboutTheOrderTalkedOf_KeepsToIt()
    {
        await using var store = await Store.OpenAsync();
        await store.OrderAsync("NP-10001", Store.Noon.AddDays(3), Store.Noon.AddDays(3));
        await store.LateParcelAsync(); // What would be chosen if none had been named.
        await store.SaveAsync("status", "order.status", "Which parcel?", "Parcel of {order.number}.");
        await store.AskAsync("Where is my order NP-10001?");

        var reply = (await store.AskAsync("so where is my parcel of it", clientId: "m-2")).Replies.ShouldHaveSingleItem();

        reply.Text.ShouldContain("NP-10001");
    }
}
