using SmartService.Domain.Customers;
using SmartService.Domain.Popups;

namespace SmartService.ReadModels.Contract;

public abstract class PopupOutcomesContract : ReadModelContract
{
    private static readonly DateTimeOffset MuchLater = ShopJournal.Start.AddDays(1);

    [Fact]
    public async Task Newest_OpenedIsRight_DismissedAndNotHelpfulAreWrong()
    {
        var journal = new ShopJournal()
            .Offer("ada", "p-1").Report("ada", "p-1", PopupOutcome.Opened)
            .Offer("bob", "p-2").Report("bob", "p-2", PopupOutcome.Dismissed)
            .Offer("cid", "p-3").Report("cid", "p-3", PopupOutcome.Opened).Report("cid", "p-3", PopupOutcome.NotHelpful);
        (await ResultsAsync(journal)).ShouldBe([("p-3", false), ("p-2", false), ("p-1", true)]);
    }

    [Fact]
    public async Task Newest_WithheldAndAskedJustThat_IsRight_AskedAnotherThingIsNot()
    {
        var journal = new ShopJournal()
            .Open("c-1", "ada").Offer("ada", "p-1", withheld: true).Ask("c-1", 1, "where is it", intent: "order.delay")
            .Open("c-2", "bob").Offer("bob", "p-2", withheld: true).Ask("c-2", 1, "how much is delivery");
        (await ResultsAsync(journal)).ShouldBe([("p-2", false), ("p-1", true)]);
    }

    [Fact]
    public async Task Newest_ShownButNeverSeen_SaysNothing() => (await ResultsAsync(new ShopJournal().Offer("ada", "p-1"))).ShouldBeEmpty();

    [Fact]
    public async Task Newest_TimeNotOver_IsNotYetKnown()
    {
        var journal = new ShopJournal().Offer("ada", "p-1", withheld: true).Offer("bob", "p-2").Report("bob", "p-2", PopupOutcome.Ignored);
        (await ResultsAsync(journal, ShopJournal.Start.AddMinutes(20))).ShouldBe([("p-2", false)]);
    }

    [Fact]
    public async Task Newest_CarriesProbabilityAndPropensity()
    {
        var journal = new ShopJournal().Customer("ada", new CustomerEvent.PopupWithheld(
            new("p-1"), new("order.delay"), null, "parcel_late", 0.7, "s-1", ShopJournal.Start, null, 0.05));
        await using var models = await OpenAsync(journal, new FixedTime(MuchLater));
        await models.FollowAsync();
        var result = (await models.Outcomes.NewestAsync(ShopJournal.Tenant, 10, default)).ShouldHaveSingleItem();
        (result.Topic.Value, result.Probability, result.Exploration, result.Withheld).ShouldBe(("order.delay", 0.7, 0.05, true));
    }

    [Fact]
    public async Task Groups_CountCustomersOnceAndWhoAskedAfterwards()
    {
        var journal = new ShopJournal()
            .Open("c-1", "ada").Ask("c-1", 1, "before").Offer("ada", "p-1").Offer("ada", "p-2")
            .Open("c-2", "bob").Offer("bob", "p-3").Ask("c-2", 1, "after")
            .Open("c-3", "cid").Offer("cid", "p-4", withheld: true).Ask("c-3", 1, "after").Ask("c-3", 2, "again");
        await using var models = await OpenAsync(journal, new FixedTime(MuchLater));
        await models.FollowAsync();
        var (shown, withheld) = await models.Outcomes.GroupsAsync(ShopJournal.Tenant, ShopJournal.Start, MuchLater, default);
        (shown, withheld).ShouldBe((new LiftGroup(2, 1), new LiftGroup(1, 1)));
        (await models.Outcomes.GroupsAsync(new("other"), ShopJournal.Start, MuchLater, default)).ShouldBe((default, default));
    }

    private async Task<(string Popup, bool Right)[]> ResultsAsync(ShopJournal journal, DateTimeOffset? now = null)
    {
        await using var models = await OpenAsync(journal, new FixedTime(now ?? MuchLater));
        await models.FollowAsync();
        return [.. (await models.Outcomes.NewestAsync(ShopJournal.Tenant, 100, default)).Select(result => (result.Popup.Value, result.Right))];
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
