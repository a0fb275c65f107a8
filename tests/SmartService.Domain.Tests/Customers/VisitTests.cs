using Shouldly;
using SmartService.Domain.Customers;
using Xunit;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Customers;

public sealed class VisitTests
{
    [Fact]
    public void RecordVisits_New_IsVisited() => Given()
        .When(Visits(Visit("v1", 5)))
        .Then(new CustomerEvent.Visited(Visit("v1", 5), Noon))
        .ThenState(s => s.FirstSeen.ShouldBe(Noon));

    [Fact]
    public void RecordVisits_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(Visits(Visit("v1", 5), Visit("v2", 6)));

    [Fact]
    public void RecordVisits_LongerDwell_RaisesIt() => Given()
        .When(Visits(Visit("v1", 5, dwell: 3)))
        .When(Visits(Visit("v1", 5, dwell: 9)))
        .Then(new CustomerEvent.Visited(Visit("v1", 5, dwell: 9), Noon))
        .ThenState(s => s.Visits.ShouldHaveSingleItem().DwellSeconds.ShouldBe(9));

    [Fact]
    public void RecordVisits_ShorterDwell_ChangesNothing() => Given()
        .When(Visits(Visit("v1", 5, dwell: 9)))
        .When(Visits(Visit("v1", 5, dwell: 3)))
        .ThenNothing();

    [Fact]
    public void RecordVisits_ErrorOfAKnownVisit_IsSetAndDwellStays() => Given()
        .When(Visits(Visit("v1", 5, dwell: 9)))
        .When(Visits(Visit("v1", 5, error: PageError.PaymentDeclined)))
        .ThenState(s => s.Visits.ShouldHaveSingleItem().ShouldBe(Visit("v1", 5, dwell: 9, error: PageError.PaymentDeclined)));

    [Fact]
    public void RecordVisits_EarlierOneArrivesLate_IsSortedIn() => Given()
        .When(Visits(Visit("b", 9)))
        .When(Visits(Visit("a", 3)))
        .ThenState(s => s.Visits.Select(v => v.Id).ShouldBe(["a", "b"]));

    [Fact]
    public void RecordVisits_FullRing_DropsTheOldest() => Given()
        .When(Visits([.. Enumerable.Range(0, 64).Select(i => Visit($"v{i:00}", i))]))
        .When(Visits(Visit("new", 99)))
        .ThenState(s => s.Visits.Length.ShouldBe(64))
        .ThenState(s => s.Visits[0].Id.ShouldBe("v01"))
        .ThenState(s => s.Visits[^1].Id.ShouldBe("new"));

    [Fact]
    public void RecordVisits_OlderThanAFullRing_ChangesNothing() => Given()
        .When(Visits([.. Enumerable.Range(0, 64).Select(i => Visit($"v{i:00}", i))]))
        .When(Visits(Visit("old", -1)))
        .ThenNothing();

    [Fact]
    public void RecordVisits_65InOneBatch_IsRefused() => Given()
        .When(Visits([.. Enumerable.Range(0, 65).Select(i => Visit($"v{i}", i))]))
        .ThenRefused(CustomerRefusal.TooManyVisits);

    [Fact]
    public void RecordVisits_WithoutIdOrSession_IsRefused()
    {
        Given().When(Visits(Visit("", 1))).ThenRefused(CustomerRefusal.Incomplete);
        Given().When(Visits(Visit("v1", 1, session: ""))).ThenRefused(CustomerRefusal.Incomplete);
    }

    [Fact]
    public void RecordVisits_None_ChangesNothing() => Given().When(Visits()).ThenNothing();

    [Fact]
    public void RecordVisits_SameVisitTwiceInOneBatch_KeepsTheLongerDwell() => Given()
        .When(Visits(Visit("v1", 5, dwell: 2), Visit("v1", 5, dwell: 8), Visit("v1", 5, dwell: 4)))
        .ThenState(s => s.Visits.ShouldHaveSingleItem().DwellSeconds.ShouldBe(8));
}
