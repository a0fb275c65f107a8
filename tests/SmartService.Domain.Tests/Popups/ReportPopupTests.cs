using Shouldly;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Popups;

public sealed class ReportPopupTests
{
    [Fact]
    public void ReportPopup_Twice_ChangesNothing() => GivenShown().ThenTwiceIsOnce(Report("p1", PopupOutcome.Seen));

    [Fact]
    public void ReportPopup_NeverShown_IsRefused() => GivenShown()
        .When(Report("p9", PopupOutcome.Seen))
        .ThenRefused(CustomerRefusal.PopupNotFound);

    [Fact]
    public void ReportPopup_WithheldOne_IsRefused() => GivenReader()
        .When(Offer("p1") with { Policy = Policy with { HoldoutShare = 1 } })
        .When(Report("p1", PopupOutcome.Opened))
        .ThenRefused(CustomerRefusal.PopupNotFound);

    [Theory]
    [InlineData(PopupOutcome.Seen, PopupOutcome.Opened)]
    [InlineData(PopupOutcome.Seen, PopupOutcome.Dismissed)]
    [InlineData(PopupOutcome.Seen, PopupOutcome.Ignored)]
    [InlineData(PopupOutcome.Opened, PopupOutcome.Helpful)]
    [InlineData(PopupOutcome.Opened, PopupOutcome.NotHelpful)]
    [InlineData(PopupOutcome.Offered, PopupOutcome.Helpful)]
    public void ReportPopup_Forward_IsTaken(PopupOutcome from, PopupOutcome to) => GivenShown()
        .When(Report("p1", from))
        .When(Report("p1", to))
        .Then(new CustomerEvent.PopupReported(new("p1"), to, Later(70)))
        .ThenState(s => s.Popups[0].Outcome.ShouldBe(to));

    [Theory]
    [InlineData(PopupOutcome.Opened, PopupOutcome.Seen)]
    [InlineData(PopupOutcome.Opened, PopupOutcome.Dismissed)]
    [InlineData(PopupOutcome.Dismissed, PopupOutcome.Opened)]
    [InlineData(PopupOutcome.Ignored, PopupOutcome.Offered)]
    [InlineData(PopupOutcome.Helpful, PopupOutcome.NotHelpful)]
    [InlineData(PopupOutcome.NotHelpful, PopupOutcome.Opened)]
    public void ReportPopup_BackOrSideways_ChangesNothing(PopupOutcome from, PopupOutcome to) => GivenShown()
        .When(Report("p1", from))
        .When(Report("p1", to))
        .ThenNothing();

    [Fact]
    public void ReportPopup_Dismissed_ClosesTheTopicOnce() => GivenShown()
        .When(Report("p1", PopupOutcome.Dismissed))
        .ThenState(s => s.ClosedTopics.ShouldBe([Delay]));
}
