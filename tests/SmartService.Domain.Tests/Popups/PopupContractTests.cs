using Shouldly;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Popups;

public sealed class PopupContractTests
{
    [Fact]
    public void OfferHelp_AllRulesHold_IsOffered() => GivenReader()
        .When(Offer("p1") with { AfterVisit = "v2" })
        .Then(new CustomerEvent.PopupOffered(Help("p1"), "s1", Later(60)));

    [Fact]
    public void OfferHelp_Twice_ChangesNothing() => GivenReader().ThenTwiceIsOnce(Offer("p1"));

    [Fact]
    public void OfferHelp_PopupsOff_IsRefused() => GivenReader()
        .When(Offer("p1") with { Policy = Policy with { Enabled = false } })
        .ThenRefused(CustomerRefusal.PopupsOff);

    [Fact]
    public void OfferHelp_ShopperTypes_IsRefused() => GivenReader()
        .When(Offer("p1") with { Typing = true })
        .ThenRefused(CustomerRefusal.Typing);

    [Fact]
    public void OfferHelp_OnThePaymentForm_IsRefused() => GivenReader()
        .When(Visits(Visit("v3", 20, PageType.Payment)))
        .When(Offer("p1"))
        .ThenRefused(CustomerRefusal.OnPaymentForm);

    [Fact]
    public void OfferHelp_PaymentFormInAnotherSession_IsOffered() => GivenReader()
        .When(Visits(Visit("v3", 20, PageType.Payment, session: "s2")))
        .When(Offer("p1"))
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_PaymentFormLeft_IsOffered() => GivenReader()
        .When(Visits(Visit("v3", 20, PageType.Payment), Visit("v4", 30, PageType.Cart)))
        .When(Offer("p1"))
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_ShopperMovedOn_IsRefused() => GivenReader()
        .When(Offer("p1") with { AfterVisit = "v1" })
        .ThenRefused(CustomerRefusal.MovedOn);

    [Fact]
    public void OfferHelp_VisitUnknown_IsRefused() => Given()
        .When(Offer("p1") with { AfterVisit = "v1" })
        .ThenRefused(CustomerRefusal.MovedOn);

    [Fact]
    public void OfferHelp_TopicClosed_IsRefusedEvenMuchLater() => GivenShown()
        .When(Report("p1", PopupOutcome.Dismissed))
        .When(Offer("p2", second: 90 * 86_400))
        .ThenRefused(CustomerRefusal.TopicClosed);

    [Fact]
    public void OfferHelp_SameHelpWithinADay_IsRefused() => GivenShown()
        .When(Offer("p2", second: 3_600, session: "s2"))
        .ThenRefused(CustomerRefusal.AlreadyShown);

    [Fact]
    public void OfferHelp_SameHelpAfterADay_IsOffered() => GivenShown()
        .When(Offer("p2", second: 60 + 86_400, session: "s2"))
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_SameTopicWithAnotherCause_IsOffered() => GivenShown()
        .When(Offer("p2", second: 3_600) with { Offer = Help("p2", cause: "parcel_lost") })
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_SameTopicForAnotherProduct_IsOffered() => GivenShown()
        .When(Offer("p2", second: 3_600) with { Offer = Help("p2", product: "socks") })
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_TalkingAboutItAlready_IsRefused() => GivenReader()
        .When(new CustomerCommand.NoteConversation(new("c1"), true, Delay, Noon))
        .When(Offer("p1"))
        .ThenRefused(CustomerRefusal.AlreadyTalking);

    [Fact]
    public void OfferHelp_TalkedAboutItAndClosed_IsOffered() => GivenReader()
        .When(new CustomerCommand.NoteConversation(new("c1"), true, Delay, Noon))
        .When(new CustomerCommand.NoteConversation(new("c1"), false, null, Noon))
        .When(Offer("p1"))
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_Unlikely_IsRefused()
    {
        GivenReader().When(Offer("p1") with { Offer = Help("p1", probability: 0.34) }).ThenRefused(CustomerRefusal.Unlikely);
        GivenReader().When(Offer("p1") with { Offer = Help("p1", probability: double.NaN) }).ThenRefused(CustomerRefusal.Unlikely);
    }

    [Fact]
    public void OfferHelp_SessionBudgetSpent_IsRefused() => GivenShown()
        .When(Offer("p2", 200, Size))
        .When(Offer("p3", 400, new("refund.status")))
        .ThenRefused(CustomerRefusal.SessionBudgetSpent);

    [Fact]
    public void OfferHelp_DayBudgetSpent_IsRefused() => GivenShown()
        .When(Offer("p2", 200, Size, "s2"))
        .When(Offer("p3", 400, new("refund.status"), "s3") with { Policy = Policy with { PerDay = 2 } })
        .ThenRefused(CustomerRefusal.DayBudgetSpent);

    [Fact]
    public void OfferHelp_TheDayAfter_HasABudgetAgain() => GivenShown()
        .When(Offer("p2", 60 + 86_400, Size, "s2") with { Policy = Policy with { PerDay = 1 } })
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_SoonAfterTheLast_IsRefused() => GivenShown()
        .When(Offer("p2", 119, Size))
        .ThenRefused(CustomerRefusal.Pausing);

    [Fact]
    public void OfferHelp_PauseOver_IsOffered() => GivenShown()
        .When(Offer("p2", 120, Size))
        .ThenOne().ShouldBeOfType<CustomerEvent.PopupOffered>();

    [Fact]
    public void OfferHelp_LastOneIsFromALaterClock_IsRefused() => GivenShown()
        .When(Offer("p2", 0, Size))
        .ThenRefused(CustomerRefusal.Pausing);

    [Fact]
    public void OfferHelp_SeveralRulesBroken_NamesTheMostTelling() => GivenShown()
        .When(Report("p1", PopupOutcome.Dismissed))
        .When(Offer("p2", 61) with { Offer = Help("p2", probability: 0), AfterVisit = "v1", Typing = true })
        .ThenRefused(CustomerRefusal.Typing)
        .When(Offer("p2", 61) with { Offer = Help("p2", probability: 0), AfterVisit = "v1" })
        .ThenRefused(CustomerRefusal.MovedOn)
        .When(Offer("p2", 61) with { Offer = Help("p2", probability: 0) })
        .ThenRefused(CustomerRefusal.TopicClosed)
        .When(Offer("p2", 61) with { Offer = Help("p2", Size, probability: 0) })
        .ThenRefused(CustomerRefusal.Unlikely);

    [Fact]
    public void OfferHelp_HeldOutCustomer_IsWithheldUnderTheSameLimits() => GivenReader()
        .When(HeldOut(Offer("p1")))
        .Then(new CustomerEvent.PopupWithheld(new("p1"), Delay, Late, "parcel_late", 0.9, "s1", Later(60)))
        .When(HeldOut(Offer("p2", 61, Size)))
        .ThenRefused(CustomerRefusal.Pausing);

    [Fact]
    public void OfferHelp_HeldOutCustomerTwice_ChangesNothing() => GivenReader().ThenTwiceIsOnce(HeldOut(Offer("p1")));

    private static CustomerCommand HeldOut(CustomerCommand.OfferHelp offer) =>
        offer with { Policy = Policy with { HoldoutShare = 1 } };
}
