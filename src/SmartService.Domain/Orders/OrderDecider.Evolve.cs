using System.Collections.Immutable;
using static SmartService.Domain.Orders.OrderEvent;

namespace SmartService.Domain.Orders;

/// <summary>Replay of facts.</summary>
public sealed partial class OrderDecider
{
    public static OrderState Evolve(OrderState state, OrderEvent e)
    {
        // Erased may come first: the events before it are overwritten and skipped then.
        if (state.IsErased || (state.Customer is null && e is not (Placed or Erased)))
        {
            throw new CorruptHistoryException(state, e);
        }

        return Apply(state, e) with { Version = state.Version + 1 };
    }

    private static OrderState Apply(OrderState state, OrderEvent e) => e switch
    {
        Placed p => ApplyPlaced(state, p),
        PaymentNoted p => state with
        {
            Payment = Further(state.Payment, p.State),
            PaymentMethod = p.Method ?? state.PaymentMethod,
            PaymentFailures = state.PaymentFailures + (p.State == PaymentState.Failed ? 1 : 0),
            Operations = Remember(state, p.OperationId),
        },
        Shipped s => state with
        {
            Carrier = s.Carrier,
            ParcelNumber = s.Number,
            PromisedAt = s.PromisedAt ?? state.PromisedAt,
            Eta = Timeline.Eta(state.Checkpoints, s.Eta ?? state.Eta),
        },
        CheckpointNoted c => ApplyCheckpoint(state, c),
        ReportedMissing => state with { ReportedMissing = true },
        RefundRequested r => ApplyRefund(state, r),
        RefundPaid r => state with
        {
            RefundPaidAt = r.At,
            Payment = PaymentState.Refunded,
            Operations = Remember(state, r.OperationId),
        },
        Cancelled => state with { Cancelled = true },
        Erased => OrderState.Absent with { IsErased = true, Version = state.Version },
        _ => throw new CorruptHistoryException(state, e),
    };

    private static OrderState ApplyPlaced(OrderState state, Placed p) => state with
    {
        Customer = p.Customer,
        Lines = p.Lines.OrEmpty(),
        Total = p.Total,
        Currency = p.Currency,
        PlacedAt = p.PlacedAt,
        PromisedAt = state.Carrier is null ? p.PromisedAt ?? state.PromisedAt : state.PromisedAt,
        ReportedAt = p.At,
    };

    private static OrderState ApplyCheckpoint(OrderState state, CheckpointNoted c)
    {
        var timeline = Timeline.With(state.Checkpoints, c.Checkpoint);
        return state with { Checkpoints = timeline, Eta = Timeline.Eta(timeline, state.Eta) };
    }

    private static OrderState ApplyRefund(OrderState state, RefundRequested r)
    {
        // "Paid" may overtake "requested"; a request made after the last payment opens a new refund.
        var paid = state.RefundPaidAt >= r.At ? state.RefundPaidAt : null;
        return state with
        {
            RefundAmount = state.RefundAmount + r.Amount,
            RefundRequestedAt = r.At,
            RefundDueAt = r.DueAt,
            RefundPaidAt = paid,
            Payment = paid is null ? PaymentState.RefundPending : PaymentState.Refunded,
            Operations = Remember(state, r.OperationId),
        };
    }

    private static ImmutableArray<string> Remember(OrderState state, string operation) =>
        Bounded.Append(state.Operations, operation, KeptOperations);
}
