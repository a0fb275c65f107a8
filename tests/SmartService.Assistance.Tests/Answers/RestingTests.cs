using SmartService.Assistance.Tests.World;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Peak;

namespace SmartService.Assistance.Tests.Answers;

/// <summary>At a peak the model rests: words answer, and what was read while trouble came near.</summary>
public sealed class RestingTests
{
    [Fact]
    public async Task Ask_ModelRests_WordsAnswer_AndTheModelIsNotAsked()
    {
        await using var store = await GivenDeliveryFeeAsync(PeakRung.QnaOnly);
        var result = await store.AskAsync("How much is the delivery fee?");
        result.Replies.ShouldHaveSingleItem().Text.ShouldBe("Delivery is $5.");
        LastReading(store).Model.ShouldBe("resting");
    }

    [Fact]
    public async Task Ask_ModelRestsAndWordsAreUnsure_GoesToAPerson_AsUnansweredNotAsAFault()
    {
        await using var store = await GivenDeliveryFeeAsync(PeakRung.Queue);
        var result = await store.AskAsync("do you wrap gifts");
        result.Replies.ShouldHaveSingleItem().Reason.ShouldBe(HandOffReason.Unanswered);
    }

    [Fact]
    public async Task Ask_ReadWhileTroubleCameNear_IsUnderstoodWhileTheModelRests()
    {
        await using var store = await GivenDeliveryFeeAsync(PeakRung.PopupsPaused);
        await store.AskAsync("hello", clientId: "client-01");
        var read = LastReading(store);
        store.Level.Rung = PeakRung.QnaOnly;
        await store.AskAsync("hello", clientId: "client-02");
        LastReading(store).ShouldBe(read);
        store.Clock.Now += TimeSpan.FromMinutes(11);
        await store.AskAsync("hello", clientId: "client-03");
        LastReading(store).Model.ShouldBe("resting", "what was read long ago is forgotten");
    }

    [Fact]
    public async Task Ask_CalmAgain_IsUnderstoodAgain()
    {
        await using var store = await GivenDeliveryFeeAsync(PeakRung.QnaOnly);
        await store.AskAsync("hello", clientId: "client-01");
        store.Level.Rung = PeakRung.Full;
        await store.AskAsync("hello", clientId: "client-02");
        LastReading(store).Model.ShouldNotBe("resting");
    }

    [Theory]
    [InlineData(PeakRung.PopupsPaused)]
    [InlineData(PeakRung.CallBack)]
    public async Task Visit_AtAPeak_OffersNothing_AndIsKeptAllTheSame(PeakRung rung)
    {
        await using var store = await Store.OpenAsync();
        await store.LateParcelAsync();
        store.Level.Rung = rung;
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        var ada = await store.AdaAsync();
        ada.Popups.ShouldBeEmpty();
        ada.Visits.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Leave_KeepsTheQuestion_Once()
    {
        await using var store = await Store.OpenAsync();
        var assistant = store.Get<IAssistant>();
        for (var i = 0; i < 2; i++)
        {
            var left = await assistant.LeaveAsync(Store.Tenant, Store.Ada, new("conversation-1"), "operation-1", "client-01", "Where is it?", "010-1234-5678", "zh", default);
            left.Refusal.ShouldBeNull();
            left.Number.ShouldBe(1);
            left.Replies.ShouldHaveSingleItem().Text.ShouldContain("尽快");
        }
    }

    private static QuestionReading LastReading(Store store) =>
        store.Conversations.Handled.Select(handled => handled.Command).OfType<ConversationCommand.Ask>().Last().Reading;

    private static async Task<Store> GivenDeliveryFeeAsync(PeakRung rung)
    {
        var store = await Store.OpenAsync();
        await store.SaveAsync("fee", null, "How much is the delivery fee?", "Delivery is $5.");
        store.Level.Rung = rung;
        return store;
    }
}
