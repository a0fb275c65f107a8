using SmartService.Assistance.Tests.World;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Assistance.Tests.Anticipation;

public sealed class PopupTests
{
    [Fact]
    public async Task Visit_LateParcel_OffersItsNewDateAndSaysWhy()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();

        var offer = (await OffersAsync(store)).ShouldHaveSingleItem();

        offer.Why.ShouldBe("because your parcel 64812 is late: promised Thu, 19 Nov, now expected Thu, 26 Nov");
        offer.Answer.ShouldContain("It is expected on Thu, 26 Nov.");
        offer.Order!.Value.Value.ShouldBe("NP-20417");
        offer.Cause.ShouldBe("parcel_late");
        offer.Sources.ShouldHaveSingleItem().Kind.ShouldBe("order");
        (await store.AdaAsync()).Forecast[0].Intent.Value.ShouldBe("order.delay");
    }

    [Fact]
    public async Task Visit_EventsHandledAgain_ShowsNothingTwice()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        var head = store.Journal.Head;

        await store.FollowAgainAsync();

        store.Journal.Head.ShouldBe(head);
    }

    [Fact]
    public async Task Visit_OlderThanHalfAMinute_ShowsNothing()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        store.Clock.Now = store.Clock.Now.AddSeconds(31);
        await store.FollowAsync();

        (await OffersAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Visit_ShopperTypes_ShowsNothing()
    {
        await using var store = await Store.OpenAsync();
        store.Presence.IsTypingNow = true;
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();

        (await OffersAsync(store)).ShouldBeEmpty();
        store.Customers.Handled.ShouldContain(handled => handled.Refusal == CustomerRefusal.Typing);
    }

    [Fact]
    public async Task Visit_QuestionUnlikely_AsksNothingOfTheContract()
    {
        await using var store = await Store.OpenAsync();
        store.Predictor.Probability = 0.2f;
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();

        store.Customers.Handled.ShouldNotContain(handled => handled.Command is CustomerCommand.OfferHelp);
    }

    [Fact]
    public async Task Visits_InOneBatch_CauseOneForecastFromTheLast()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Home);
        store.Clock.Now = store.Clock.Now.AddSeconds(1);
        await store.VisitAsync("v-2", PageType.Orders);
        await store.FollowAsync();

        store.Customers.Handled.Select(handled => handled.Command).OfType<CustomerCommand.OfferHelp>().ShouldHaveSingleItem().AfterVisit.ShouldBe("v-2");
    }

    [Fact]
    public async Task Visit_OneCustomerFails_OthersAreHelped()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.OrderAsync("NP-30000", Store.Noon.AddDays(-5), Store.Noon.AddDays(2), customer: new("bob"));
        await store.VisitAsync("v-1", PageType.Orders);
        await store.VisitAsync("v-2", PageType.Orders, customer: new("bob"));
        store.Customers.FailNext = new InvalidOperationException("broken");
        await store.FollowAsync();

        (await OffersAsync(store)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Open_FromPopup_BeginsWithItsAnswerAndDoingItTwiceIsOne()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        var offer = (await OffersAsync(store))[0];
        var assistant = store.Get<IAssistant>();

        var first = await assistant.OpenAsync(Store.Tenant, Store.Ada, new("c-1"), "en", null, offer.Id, default);
        var again = await assistant.OpenAsync(Store.Tenant, Store.Ada, new("c-1"), "en", null, offer.Id, default);

        first.Replies.ShouldHaveSingleItem().Text.ShouldBe(offer.Answer);
        again.State.Messages.Count.ShouldBe(1);
        again.Replies.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Open_WithAnothersPopup_BeginsEmpty()
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        var offer = (await OffersAsync(store))[0];

        var result = await store.Get<IAssistant>().OpenAsync(Store.Tenant, new("eve"), new("c-9"), "en", null, offer.Id, default);

        result.State.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_TopicIsNotedWithTheCustomer()
    {
        await using var store = await Store.OpenAsync();
        await store.AskAsync("What is the delivery fee?");
        await store.FollowAsync();

        var ada = await store.AdaAsync();
        ada.OpenConversations.ShouldBe([new("c-1")]);
        ada.RecentTopics.ShouldBe([new("delivery.fee")]);
    }

    [Fact]
    public async Task OrderEvent_QueueFull_IsToldAgain()
    {
        await using var store = await Store.OpenAsync();
        store.Customers.FailNext = new EngineBusyException("customers", TimeSpan.FromMilliseconds(1));
        await store.LateParcelAsync();

        (await store.AdaAsync()).Orders.ShouldHaveSingleItem().Id.Value.ShouldBe("NP-20417");
    }

    [Fact]
    public async Task PopupHelpful_OfAnItem_CountsForTheItem()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("delay", "order.delay", "Why is my parcel late?", "{parcel.number} comes {parcel.eta}.");
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        var offer = (await OffersAsync(store))[0];
        await store.Customers.HandleAsync(new(Store.Tenant, "ada"), new CustomerCommand.ReportPopup(offer.Id, PopupOutcome.NotHelpful, Store.Noon), default);
        await store.FollowAsync();

        (await store.Knowledge.ReadAsync(Store.KnowledgeKey, default)).Downvotes["delay"].ShouldBe(1);
        offer.Sources.Select(source => source.Kind).ShouldBe(["qna", "order"]);
    }

    private static async Task<HelpOffer[]> OffersAsync(Store store) =>
        [.. (await store.Journal.ReadAsync(0, 10_000, default)).Select(e => e.Event).OfType<CustomerEvent.PopupOffered>().Select(e => e.Offer)];
}
