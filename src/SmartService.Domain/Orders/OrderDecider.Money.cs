using static SmartService.Domain.Orders.OrderCommand;
using static SmartService.Domain.Orders.OrderEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Orders.OrderEvent, SmartService.Domain.Orders.OrderRefusal>;

namespace SmartService.Domain.Orders;

/// <summary>Payment and refunds. Money only moves forward: not paid → paid → refund pending → refunded.</summary>
public sealed partial class OrderDecider
{
    private const int KeptOperations = 32;

    private static Decision DecidePayment(OrderState state, NotePayment c)
    {
        if (state.Operations.Contains(c.OperationId))
        {
            return Decision.Unchanged;
        }

        // Every failed try counts; any other report matters only when it tells something new.
        var news = c.State == PaymentState.Failed
            || Further(state.Payment, c.State) != state.Payment
            || (c.Method is not null && c.Method != state.PaymentMethod);
        return news ? new PaymentNoted(c.OperationId, c.State, c.Method, c.At) : Decision.Unchanged;
    }

    private static Decision DecideRefund(OrderState state, RequestRefund c)
    {
        if (state.Operations.Contains(c.OperationId))
        {
            return Decision.Unchanged;
        }

        if (c.Amount <= 0)
        {
            return OrderRefusal.BadAmount;
        }

        return state.RefundAmount + c.Amount > state.Total
            ? OrderRefusal.RefundExceedsTotal
            : new RefundRequested(c.OperationId, c.Amount, c.DueAt, c.At);
    }

    private static Decision DecideRefundPaid(OrderState state, NoteRefundPaid c) =>
        state.RefundPaidAt is not null || state.Operations.Contains(c.OperationId)
            ? Decision.Unchanged
            : new RefundPaid(c.OperationId, c.At);

    /// <summary>The state that stands after a report: a late "failed" or "pending" does not undo a payment.</summary>
    private static PaymentState Further(PaymentState known, PaymentState reported) =>
        Rank(reported) >= Rank(known) ? reported : known;

    private static int Rank(PaymentState state) => state switch
    {
        PaymentState.Paid => 1,
        PaymentState.RefundPending => 2,
        PaymentState.Refunded => 3,
        _ => 0,
    };
}
