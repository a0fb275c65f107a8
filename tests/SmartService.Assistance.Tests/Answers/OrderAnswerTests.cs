using SmartService.Assistance.Tests.World;
using SmartService.Domain.Conversations;

namespace SmartService.Assistance.Tests.Answers;

public sealed class OrderAnswerTests
{
    private const string Template = "Sorry! {parcel.carrier} {parcel.number} was due {parcel.promised} and will come {parcel.eta}.";

    [Theory]
    [InlineData("ko", "택배 왜 이렇게 늦어요?", "주문 NP-20417의 택배(64812) 배송이 지연되고 있습니다. 약속한 날은 11월 19일(목)이었습니다. 도착 예정일은 11월 26일(목)입니다.")]
    [InlineData("zh", "怎么还没到？", "订单 NP-20417 的包裹（64812）配送延误，原定 11月19日（周四） 送达。预计 11月26日（周四） 送达。")]
    [InlineData("en", "why is my parcel so late", "Your parcel 64812 of order NP-20417 is late: it was promised for Thu, 19 Nov. It is expected on Thu, 26 Nov.")]
    public async Task Ask_LateParcelAndNoItem_IsAnsweredFromTheOrdersFacts(string locale, string question, string answer)
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();

        var reply = (await store.AskAsync(question, locale)).Replies.ShouldHaveSingleItem();

        reply.Text.ShouldBe(answer);
        reply.Source!.Kind.ShouldBe("order");
        reply.Source.Id.ShouldBe("NP-20417");
        reply.Source.Version.ShouldBe((await store.AdaAsync()).Orders[0].Version);
    }

    [Fact]
    public async Task Ask_LateParcelAndItemWithPlaceholders_IsTheMerchantsAnswerFilled()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("delay", "order.delay", "Why is my parcel late?", Template);
        await store.LateParcelAsync();

        var reply = (await store.AskAsync("why is my parcel so late")).Replies.ShouldHaveSingleItem();

        reply.Text.ShouldBe("Sorry! CJ 64812 was due Thu, 19 Nov and will come Thu, 26 Nov.");
        reply.Source!.Kind.ShouldBe("qna");
    }

    [Fact]
    public async Task Ask_PlaceholderWithoutValue_TheItemIsNoCandidate()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("delay", "order.delay", "Why is my parcel late?", Template);
        await store.OrderAsync("NP-20417", Store.Noon.AddDays(-5), eta: null);

        var reply = (await store.AskAsync("why is my parcel so late")).Replies.ShouldHaveSingleItem();

        reply.Source!.Kind.ShouldBe("order");
        reply.Text.ShouldEndWith("There is no new delivery date yet.");
    }

    [Fact]
    public async Task Ask_NoOrderAtAll_ItemWithPlaceholdersIsNoCandidate()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("delay", "order.delay", "Why is my parcel late?", Template);

        (await store.AskAsync("why is my parcel so late")).State.Mode.ShouldBe(ConversationMode.Human);
    }

    [Fact]
    public async Task Ask_ParcelNotLate_AnAnswerAboutADelayIsNotGiven()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("delay", "order.delay", "Why is my parcel late?", Template);
        await store.OrderAsync("NP-20417", Store.Noon.AddDays(1), Store.Noon.AddDays(1));

        var reply = (await store.AskAsync("why is my parcel so late")).Replies.ShouldHaveSingleItem();

        reply.Text.ShouldBe("Order NP-20417 is shipped (CJ, 64812). It is expected on Wed, 25 Nov.");
    }

    [Fact]
    public async Task Ask_NamedOrder_IsAnsweredAboutThatOne()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.OrderAsync("NP-20418", Store.Noon.AddDays(1), Store.Noon.AddDays(1));

        (await store.AskAsync("where is my order np-20418?")).Replies.ShouldHaveSingleItem().Source!.Id.ShouldBe("NP-20418");
    }

    [Fact]
    public async Task Ask_NumberOfSomebodyElsesOrder_GivesNoOrdersFacts()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.OrderAsync("NP-30000", Store.Noon.AddDays(1), Store.Noon.AddDays(1), customer: new("bob"));

        var result = await store.AskAsync("where is my order NP-30000");

        result.State.Mode.ShouldBe(ConversationMode.Human);
        result.Replies.ShouldAllBe(reply => reply.Author == MessageAuthor.System);
    }

    [Fact]
    public async Task Ask_SeveralOrders_TheLateOneIsMeant()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.OrderAsync("NP-20418", Store.Noon.AddDays(1), Store.Noon.AddDays(1));

        (await store.AskAsync("where is my order")).Replies.ShouldHaveSingleItem().Source!.Id.ShouldBe("NP-20417");
    }
}
