using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Customers;

public sealed class CustomerProperties
{
    // Ids decide all that a client fixes (time, page); dwell and error grow from report to report.
    private static readonly Gen<PageVisit> AnyVisit =
        from id in Gen.Choose(0, 120)
        from dwell in Gen.Choose(0, 5)
        from error in Gen.Elements(PageError.None, PageError.PaymentDeclined, PageError.CouponRejected)
        select Visit($"v{id}", id / 3, (PageType)(id % 12), dwell, error, $"s{id % 4}");

    private static readonly Gen<CustomerCommand> Facts =
        Gen.OneOf(
            from visits in Gen.Choose(0, 8).SelectMany(n => AnyVisit.ListOf(n))
            select Visits([.. visits]),
            from id in Gen.Choose(0, 260)
            from version in Gen.Choose(1, 4)
            select Note($"A-{id}", version, id / 2));

    private static readonly Gen<CustomerCommand> Popups =
        from id in Gen.Choose(0, 1_000_000)
        from second in Gen.Choose(0, 200_000)
        from topic in Gen.Choose(0, 12)
        from session in Gen.Choose(0, 3)
        from outcome in Gen.Choose(0, 3)
        select outcome == 0
            ? Report($"p{id}", (PopupOutcome)(id % 7))
            : Offer($"p{id}", second, new($"topic.{topic}"), $"s{session}");

    [Fact]
    public void VisitsAndOrders_AnyOrderAndTwice_LeaveTheSameState() => Properties.Holds(
        from facts in Gen.Choose(0, 400).SelectMany(n => Facts.ListOf(n))
        from resent in Gen.Shuffle(facts.Concat(facts.Take(100)).ToArray())
        select (facts, resent),
        pair => Tests.Facts.Of(Run(pair.resent).State).ShouldBe(Tests.Facts.Of(Run(pair.facts).State)));

    [Fact]
    public void AllCollections_AnyCommands_StayBounded() => Properties.Holds(
        Gen.OneOf(Facts, Popups).ListOf(),
        commands =>
        {
            var state = Run(commands).State;
            state.Visits.Length.ShouldBeLessThanOrEqualTo(CustomerState.VisitRing);
            state.Orders.Length.ShouldBeLessThanOrEqualTo(CustomerState.HotOrders);
            state.Popups.Length.ShouldBeLessThanOrEqualTo(CustomerState.MaxPopups);
            state.Visits.Select(v => v.At).ShouldBeInOrder();
            state.Orders.Select(o => o.PlacedAt).ShouldBeInOrder();
        });

    [Fact]
    public void PopupLimits_AnyOffers_Hold() => Properties.Holds(
        from offers in Gen.Choose(0, 150).SelectMany(n => Popups.ListOf(n))
        select offers.OrderBy(o => o.At).ToList(),
        offers =>
        {
            var shown = Run(offers).Events.OfType<CustomerEvent.PopupOffered>().ToList();
            shown.GroupBy(p => p.Session).ShouldAllBe(g => g.Count() <= Policy.PerSession);
            shown.ShouldAllBe(p => shown.Count(q => q.At <= p.At && p.At - q.At < TimeSpan.FromHours(24)) <= Policy.PerDay);
            shown.Zip(shown.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At >= Policy.Pause);
        });

    [Fact]
    public void DismissedTopics_AnyOffers_StayClosed() => Properties.Holds(
        from offers in Gen.Choose(0, 60).SelectMany(n => Popups.ListOf(n))
        from dismissed in Gen.Choose(0, 12)
        select (offers, topic: new IntentId($"topic.{dismissed}")),
        pair =>
        {
            var dismiss = new[] { Offer("closed", 0, pair.topic, "s9"), Report("closed", PopupOutcome.Dismissed) };
            Run(dismiss.Concat(pair.offers)).Events.OfType<CustomerEvent.PopupOffered>()
                .Count(p => p.Offer.Topic == pair.topic).ShouldBe(1);
        });

    [Fact]
    public void Replay_OfAllEvents_IsTheState() => Properties.Holds(
        Gen.OneOf(Facts, Popups).ListOf(),
        commands =>
        {
            var (state, events) = Run(commands);
            var replayed = Properties.Replay<CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>(events);
            Tests.Facts.Of(replayed).ShouldBe(Tests.Facts.Of(state));
        });

    private static (CustomerState State, List<CustomerEvent> Events) Run(IEnumerable<CustomerCommand> commands) =>
        Properties.Run<CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>(commands);
}
