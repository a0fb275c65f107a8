using Shouldly;
using SmartService.Domain.Orders;
using Xunit;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Orders.Order;

namespace SmartService.Domain.Tests.Orders;

public sealed class OrderSummariesTests
{
    private static readonly OrderId Id = new("A-1001");

    [Fact]
    public void From_OrderNeverPlaced_Throws() => Should.Throw<ArgumentException>(() => OrderSummaries.From(Id, OrderState.Absent));

    [Fact]
    public void From_ShippedOrder_TellsTheParcel()
    {
        var summary = OrderSummaries.From(Id, GivenShipped().When(Scan("a", 2, eta: Days(5))).State);
        summary.Version.ShouldBe(3);
        summary.Parcel.ShouldBe(new(
            "DHL", "JD01", Days(3), Days(5), CheckpointStatus.InTransit, "Leipzig, sorted", Days(2), DeliveredAt: null));
    }

    [Fact]
    public void From_RefundUnderWay_TellsTheRefund() => OrderSummaries.From(Id, GivenPlaced().When(Refund("r", 20m, Days(1))).State)
        .Refund.ShouldBe(new(20m, Days(1), Days(10), null));

    [Fact]
    public void From_NoteAfterDelivery_IsStillDelivered() => OrderSummaries
        .From(Id, GivenDelivered().When(Scan("note", 3, CheckpointStatus.None)).State)
        .Parcel!.Status.ShouldBe(CheckpointStatus.Delivered);

    [Fact]
    public void IsLate_PromisePassed_IsTrue() => GivenShipped().State.IsLate(Days(4)).ShouldBeTrue();

    [Fact]
    public void IsLate_PromisePassedAndNeverShipped_IsTrue() => GivenPlaced().State.IsLate(Days(4)).ShouldBeTrue();

    [Fact]
    public void IsLate_OnThePromisedDate_IsFalse() => GivenShipped().State.IsLate(Days(3)).ShouldBeFalse();

    [Fact]
    public void IsLate_Delivered_IsFalse() => GivenDelivered().State.IsLate(Days(9)).ShouldBeFalse();

    [Fact]
    public void IsLate_Cancelled_IsFalse() => GivenCancelled().State.IsLate(Days(9)).ShouldBeFalse();

    [Fact]
    public void IsLate_NeverPlaced_IsFalse() => OrderState.Absent.IsLate(Noon).ShouldBeFalse();

    [Fact]
    public void LooksLost_SilentForFiveDays_TurnsTrueAfter()
    {
        var state = GivenShipped().When(Scan("a", 1)).State;
        state.LooksLost(Days(6)).ShouldBeFalse();
        state.LooksLost(Days(6).AddSeconds(1)).ShouldBeTrue();
    }

    [Fact]
    public void LooksLost_Delivered_IsFalse() => GivenDelivered().State.LooksLost(Days(30)).ShouldBeFalse();

    [Fact]
    public void DeliveredNotReceived_ReportedMissing_IsTrue() =>
        GivenDelivered().When(new OrderCommand.ReportMissing(Days(3))).State.DeliveredNotReceived(Days(3)).ShouldBeTrue();

    [Fact]
    public void DeliveredNotReceived_NothingReported_IsFalse() => GivenDelivered().State.DeliveredNotReceived(Days(3)).ShouldBeFalse();
}
