using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain.Orders;
using Xunit;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Orders;

public sealed class OrderProperties
{
    private static readonly Gen<OrderCommand> Reports = Gen.OneOf(
        from id in Gen.Choose(0, 30)
        select Order.Scan(
            $"c{id}", id / 2, (CheckpointStatus)(id % 7), id % 3 == 0 ? Days(id + 4) : null),
        from id in Gen.Choose(0, 20)
        select Order.Pay($"p{id}", (PaymentState)(id % 3), null));

    [Fact]
    public void Reports_AnyOrderAndTwice_LeaveTheSameParcelAndFailures() => Properties.Holds(
        from reports in Reports.ListOf()
        from resent in Gen.Shuffle(reports.Concat(reports).ToArray())
        select (reports, resent),
        pair =>
        {
            var one = State(pair.reports);
            var other = State(pair.resent);
            Facts.Of(other.Checkpoints).ShouldBe(Facts.Of(one.Checkpoints));
            other.Eta.ShouldBe(one.Eta);
            other.PaymentFailures.ShouldBe(one.PaymentFailures);
            (other.Payment == PaymentState.Paid).ShouldBe(one.Payment == PaymentState.Paid);
        });

    [Fact]
    public void Replay_OfAllEvents_IsTheState() => Properties.Holds(
        Reports.ListOf(),
        reports =>
        {
            var (state, events) = Run(reports);
            var replayed = Properties.Replay<OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>(events);
            Facts.Of(replayed).ShouldBe(Facts.Of(state));
            replayed.Version.ShouldBe(events.Count);
        });

    private static OrderState State(IEnumerable<OrderCommand> reports) => Run(reports).State;

    private static (OrderState State, List<OrderEvent> Events) Run(IEnumerable<OrderCommand> reports) =>
        Properties.Run<OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>(reports.Prepend(Order.PlaceBoots));
}
