using Shouldly;
using SmartService.Domain.Orders;
using Xunit;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Orders.Order;

namespace SmartService.Domain.Tests.Orders;

public sealed class PaymentTests
{
    [Fact]
    public void NotePayment_Twice_ChangesNothing() => GivenPlaced().ThenTwiceIsOnce(Pay("p1", PaymentState.Paid));

    [Fact]
    public void NotePayment_FailedTwiceByTwoTries_CountsTwo() => GivenPlaced()
        .When(Pay("p1", PaymentState.Failed))
        .When(Pay("p2", PaymentState.Failed))
        .ThenState(s => s.PaymentFailures.ShouldBe(2));

    [Fact]
    public void NotePayment_SameFailureResent_CountsOne() => GivenPlaced()
        .When(Pay("p1", PaymentState.Failed))
        .When(Pay("p1", PaymentState.Failed))
        .ThenNothing()
        .ThenState(s => s.PaymentFailures.ShouldBe(1));

    [Fact]
    public void NotePayment_LateFailureAfterPaid_StaysPaidAndCounts() => GivenPlaced()
        .When(Pay("p2", PaymentState.Paid))
        .When(Pay("p1", PaymentState.Failed))
        .ThenState(s => (s.Payment, s.PaymentFailures).ShouldBe((PaymentState.Paid, 1)));

    [Fact]
    public void NotePayment_PaidAgainByAnotherOperation_ChangesNothing() => GivenPlaced()
        .When(Pay("p1", PaymentState.Paid))
        .When(Pay("p2", PaymentState.Paid))
        .ThenNothing();

    [Fact]
    public void NotePayment_PaidAfterRefunded_ChangesNothing() => GivenPlaced()
        .When(Pay("p1", PaymentState.Refunded))
        .When(Pay("p2", PaymentState.Paid))
        .ThenNothing();

    [Fact]
    public void NotePayment_ManyOperations_AreBounded()
    {
        var order = GivenPlaced();
        for (var i = 0; i < 100; i++)
        {
            order.When(Pay($"p{i}", PaymentState.Failed));
        }

        order.State.Operations.Length.ShouldBe(32);
        order.State.PaymentFailures.ShouldBe(100);
    }

    [Fact]
    public void RequestRefund_Twice_ChangesNothing() => GivenPlaced().ThenTwiceIsOnce(Refund("r1", 120m, Noon));

    [Fact]
    public void RequestRefund_MoreThanTheTotal_IsRefused() => GivenPlaced()
        .When(Refund("r1", 100m, Noon))
        .When(Refund("r2", 21m, Noon))
        .ThenRefused(OrderRefusal.RefundExceedsTotal);

    [Fact]
    public void RequestRefund_NothingOrLess_IsRefused()
    {
        GivenPlaced().When(Refund("r1", 0m, Noon)).ThenRefused(OrderRefusal.BadAmount);
        GivenPlaced().When(Refund("r1", -5m, Noon)).ThenRefused(OrderRefusal.BadAmount);
    }

    [Fact]
    public void RequestRefund_OfACancelledOrder_IsAllowed() => GivenCancelled()
        .When(Refund("r1", 120m, Noon))
        .ThenState(s => s.Payment.ShouldBe(PaymentState.RefundPending));

    [Fact]
    public void NoteRefundPaid_Twice_ChangesNothing() => GivenPlaced()
        .When(Refund("r1", 120m, Noon))
        .ThenTwiceIsOnce(new OrderCommand.NoteRefundPaid("r2", Days(2)));

    [Fact]
    public void NoteRefundPaid_BeforeTheRequestArrives_StaysPaid() => GivenPlaced()
        .When(new OrderCommand.NoteRefundPaid("r2", Days(2)))
        .When(Refund("r1", 120m, Days(1)))
        .ThenState(s => s.Payment.ShouldBe(PaymentState.Refunded))
        .ThenState(s => s.RefundPaidAt.ShouldBe(Days(2)));

    [Fact]
    public void RequestRefund_AfterAnEarlierOneWasPaid_IsPendingAgain() => GivenPlaced()
        .When(Refund("r1", 50m, Noon))
        .When(new OrderCommand.NoteRefundPaid("r2", Days(1)))
        .When(Refund("r3", 20m, Days(2)))
        .ThenState(s => (s.Payment, s.RefundAmount, s.RefundPaidAt).ShouldBe((PaymentState.RefundPending, 70m, null)));
}
