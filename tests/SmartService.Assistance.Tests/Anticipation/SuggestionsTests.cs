using SmartService.Assistance.Tests.World;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Tests.Anticipation;

public sealed class SuggestionsTests
{
    [Theory]
    [InlineData("ko")]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task For_NobodyKnown_AreCommonQuestions(string locale)
    {
        await using var store = await Store.OpenAsync();

        var suggestions = await store.Get<ISuggestions>().ForAsync(Store.Tenant, new("new"), locale, default);

        suggestions.Count.ShouldBeInRange(3, 6);
        suggestions.Select(s => s.Rank).ShouldBe(Enumerable.Range(1, suggestions.Count));
        suggestions.Select(s => s.Intent).Distinct().Count().ShouldBe(suggestions.Count);
    }

    /// <summary>Noon in UTC is the ninth hour of the evening in the store's Seoul; its day counts.</summary>
    [Fact]
    public async Task For_StoreWithCampaigns_TheyAreWhatIsForeseenWith()
    {
        await using var store = await Store.OpenAsync();
        await store.Get<ISuggestions>().ForAsync(Store.Tenant, new("new"), "en", default);
        store.Predictor.Campaign.ShouldBeNull();
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime.AddHours(9));
        var change = new TenantCommand.ChangeCampaigns([new("Ours", today, today)], store.Clock.GetUtcNow());
        (await store.Tenants.HandleAsync(new(Store.Tenant, Store.Tenant.Value), change, default)).Refusal.ShouldBeNull();

        await store.Get<ISuggestions>().ForAsync(Store.Tenant, new("new"), "en", default);

        store.Predictor.Campaign.ShouldBe(new CampaignMoment(true, 0, CampaignCalendar.NearDays));
    }

    [Fact]
    public async Task For_LateParcel_ItsDelayIsFirstInTheMerchantsWords()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("delay", "order.delay", "Is my parcel stuck?", "{parcel.number} comes {parcel.eta}.");
        await store.LateParcelAsync();

        var suggestions = await store.Get<ISuggestions>().ForAsync(Store.Tenant, Store.Ada, "en", default);

        suggestions[0].Label.ShouldBe("Is my parcel stuck?");
        suggestions[0].Probability.ShouldBe(0.8, 0.001);
    }
}
