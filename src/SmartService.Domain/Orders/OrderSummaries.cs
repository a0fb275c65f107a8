using SmartService.Domain.Customers;

namespace SmartService.Domain.Orders;

/// <summary>What a customer entity is told of an order, and the facts derived from it.</summary>
public static class OrderSummaries
{
    /// <exception cref="ArgumentException">The order was never placed.</exception>
    public static OrderSummary From(OrderId id, OrderState state)
    {
        if (state.Customer is null)
        {
            throw new ArgumentException($"Order {id} was never placed.", nameof(state));
        }

        return new(
            id, state.Version, state.PlacedAt, state.Total, state.Currency, state.Lines, state.Payment,
            state.PaymentFailures, Parcel(state), Refund(state), state.Cancelled);
    }

    /// <inheritdoc cref="OrderSummary.IsLate"/>
    public static bool IsLate(this OrderState state, DateTimeOffset now) => Placed(state)?.IsLate(now) ?? false;

    /// <inheritdoc cref="OrderSummary.LooksLost"/>
    public static bool LooksLost(this OrderState state, DateTimeOffset now) => Placed(state)?.LooksLost(now) ?? false;

    /// <inheritdoc cref="OrderSummary.DeliveredNotReceived"/>
    public static bool DeliveredNotReceived(this OrderState state, DateTimeOffset now) =>
        Placed(state)?.DeliveredNotReceived(now) ?? false;

    private static OrderSummary? Placed(OrderState state) => state.Customer is null ? null : From(default, state);

    /// <summary>An order with a promised date has a parcel to wait for, shipped or not: it can be late either way.</summary>
    private static ParcelSummary? Parcel(OrderState state)
    {
        if (state.Carrier is null && state.PromisedAt is null && state.Checkpoints.IsEmpty)
        {
            return null;
        }

        var newest = state.Checkpoints.IsEmpty ? null : state.Checkpoints[^1];
        return new(
            state.Carrier ?? "", state.ParcelNumber ?? "", state.PromisedAt, state.Eta, Timeline.Status(state.Checkpoints),
            newest is null ? null : LastSeen(newest), newest?.At, Timeline.DeliveredAt(state.Checkpoints), state.ReportedMissing);
    }

    private static string? LastSeen(Checkpoint checkpoint) => (checkpoint.Place, checkpoint.Note) switch
    {
        (null or "", null or "") => null,
        (null or "", var note) => note,
        (var place, null or "") => place,
        var (place, note) => $"{place}, {note}",
    };

    private static RefundSummary? Refund(OrderState state) =>
        (state.RefundRequestedAt ?? state.RefundPaidAt) is { } requested
            ? new(state.RefundAmount, requested, state.RefundDueAt, state.RefundPaidAt)
            : null;
}
