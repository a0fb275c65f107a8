using Shouldly;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Popups;

public sealed class ExplorationTests
{
    private static readonly CustomerCommand.OfferHelp Near = Offer("p1") with { Offer = Help("p1", probability: 0.7), Threshold = 0.8, Chance = 0.01 };

    [Fact]
    public void OfferHelp_FromTheThreshold_IsOfferedWhateverTheChance() => GivenReader()
        .When(Near with { Offer = Help("p1", probability: 0.8), Chance = 0.99 })
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>().Offer.Exploration.ShouldBe(1);

    [Fact]
    public void OfferHelp_NearAndChanceFalls_IsOfferedWithItsPropensity() => GivenReader()
        .When(Near)
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>().Offer.Exploration.ShouldBe(Policy.ExploreShare);

    [Fact]
    public void OfferHelp_NearAndChanceDoesNotFall_IsRefused() => GivenReader()
        .When(Near with { Chance = Policy.ExploreShare })
        .ThenRefused(CustomerRefusal.Unlikely);

    [Fact]
    public void OfferHelp_FarFromTheThreshold_IsRefusedWhateverTheChance() => GivenReader()
        .When(Near with { Offer = Help("p1", probability: 0.59), Chance = 0 })
        .ThenRefused(CustomerRefusal.Unlikely);

    [Fact]
    public void OfferHelp_UnderThePolicysLeast_IsNeverExplored() => GivenReader()
        .When(Near with { Policy = Policy with { MinProbability = 0.75 }, Chance = 0 })
        .ThenRefused(CustomerRefusal.Unlikely);

    [Fact]
    public void OfferHelp_NoExplorationWanted_IsRefused() => GivenReader()
        .When(Near with { Policy = Policy with { ExploreShare = 0 }, Chance = 0 })
        .ThenRefused(CustomerRefusal.Unlikely);

    [Fact]
    public void OfferHelp_ProbabilityNotANumber_IsRefused() => GivenReader()
        .When(Near with { Offer = Help("p1", probability: double.NaN), Chance = 0 })
        .ThenRefused(CustomerRefusal.Unlikely);

    [Fact]
    public void OfferHelp_Explored_SpendsTheSameBudget() => GivenReader()
        .When(Near with { Policy = Policy with { PerSession = 1 } })
        .When(Offer("p2", second: 3_600, topic: Size) with { Policy = Policy with { PerSession = 1 } })
        .ThenRefused(CustomerRefusal.SessionBudgetSpent);

    [Fact]
    public void OfferHelp_ExploredForAHeldOutCustomer_IsWithheldWithItsPropensity() => GivenReader()
        .When(Near with { Policy = Policy with { HoldoutShare = 1 } })
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupWithheld>().Exploration.ShouldBe(Policy.ExploreShare);
}
