using System.Collections.Immutable;
using static SmartService.Domain.Orders.OrderCommand;
using static SmartService.Domain.Orders.OrderEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Orders.OrderEvent, SmartService.Domain.Orders.OrderRefusal>;

namespace SmartService.Domain.Orders;

/// <summary>Rules for one order. Reports of shop and carrier come late, twice and in any order; the state does not care.</summary>
public sealed partial class OrderDecider : IDecider<OrderState, OrderCommand, OrderEvent, OrderRefusal>
{
    private OrderDecider()
    {
    }

    public static OrderState Initial => OrderState.Absent;

    public static Decision Decide(OrderState state, OrderCommand command) => (state, command) switch
    {
        ({ IsErased: true }, Erase) => Decision.Unchanged,
        ({ IsErased: true }, _) => OrderRefusal.Erased,
        ({ Customer: null }, Place c) => DecideFirst(c),
        ({ Customer: null }, _) => OrderRefusal.NotFound,
        (_, Place c) => DecideCorrection(state, c),
        (_, NotePayment c) => DecidePayment(state, c),
        (_, Ship c) => DecideShipment(state, c),
        (_, NoteCheckpoints c) => DecideCheckpoints(state, c),
        (_, ReportMissing c) => DecideMissing(state, c),
        (_, RequestRefund c) => DecideRefund(state, c),
        (_, NoteRefundPaid c) => DecideRefundPaid(state, c),
        ({ Cancelled: true }, Cancel) => Decision.Unchanged,
        (_, Cancel c) => new Cancelled(c.Reason, c.At),
        (_, Erase c) => new Erased(c.At),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    private static Decision DecideFirst(Place c) =>
        c.Lines.OrEmpty().Length > OrderState.MaxLines ? OrderRefusal.TooMany : ToEvent(c);

    private static Decision DecideCorrection(OrderState state, Place c)
    {
        if (c.Customer != state.Customer)
        {
            return OrderRefusal.BelongsToAnother;
        }

        if (SaysTheSame(state, c) || c.At < state.ReportedAt)
        {
            return Decision.Unchanged;
        }

        return state.Cancelled ? OrderRefusal.AlreadyCancelled : DecideFirst(c);
    }

    private static Placed ToEvent(Place c) =>
        new(c.Customer, c.Lines.OrEmpty(), c.Total, c.Currency, c.PlacedAt, c.PromisedAt, c.At);

    private static bool SaysTheSame(OrderState state, Place c) =>
        state.Total == c.Total
        && state.Currency == c.Currency
        && state.PlacedAt == c.PlacedAt
        && (c.PromisedAt is null || state.Carrier is not null || c.PromisedAt == state.PromisedAt)
        && Bounded.Same(state.Lines, c.Lines);

    private static Decision DecideShipment(OrderState state, Ship c)
    {
        var known = state.Carrier == c.Carrier
            && state.ParcelNumber == c.Number
            && (c.PromisedAt is null || c.PromisedAt == state.PromisedAt)
            && Timeline.Eta(state.Checkpoints, c.Eta ?? state.Eta) == state.Eta;
        if (known)
        {
            return Decision.Unchanged;
        }

        return state.Cancelled ? OrderRefusal.AlreadyCancelled : new Shipped(c.Carrier, c.Number, c.PromisedAt, c.Eta, c.At);
    }

    private static Decision DecideCheckpoints(OrderState state, NoteCheckpoints c)
    {
        var timeline = state.Checkpoints;
        var events = ImmutableArray.CreateBuilder<OrderEvent>();
        foreach (var checkpoint in c.Checkpoints.OrEmpty())
        {
            if (Timeline.Has(timeline, checkpoint.Id))
            {
                continue;
            }

            if (timeline.Length == OrderState.MaxCheckpoints)
            {
                return OrderRefusal.TooMany;
            }

            timeline = Timeline.With(timeline, checkpoint);
            events.Add(new CheckpointNoted(checkpoint, c.At));
        }

        return events.DrainToImmutable();
    }

    private static Decision DecideMissing(OrderState state, ReportMissing c) => state switch
    {
        { ReportedMissing: true } => Decision.Unchanged,
        { Cancelled: true } => OrderRefusal.AlreadyCancelled,
        _ when Timeline.DeliveredAt(state.Checkpoints) is null => OrderRefusal.NotDelivered,
        _ => new ReportedMissing(c.At),
    };
}
