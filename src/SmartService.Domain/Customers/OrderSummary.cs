using System.Collections.Immutable;
using SmartService.Domain.Orders;

namespace SmartService.Domain.Customers;

/// <summary>What a customer entity keeps of one order: enough to answer and to predict without asking the order.</summary>
/// <param name="Version">Version of the order this was taken from; a lower one never replaces a higher one.</param>
/// <param name="Total">In <paramref name="Currency"/> (ISO 4217).</param>
public sealed record OrderSummary(
    OrderId Id,
    long Version,
    DateTimeOffset PlacedAt,
    decimal Total,
    string Currency,
    ImmutableArray<OrderLine> Lines,
    PaymentState Payment,
    int PaymentFailures,
    ParcelSummary? Parcel,
    RefundSummary? Refund,
    bool Cancelled)
{
    /// <summary>Promised date passed and not delivered.</summary>
    public bool IsLate(DateTimeOffset now) =>
        !Cancelled && Parcel is { DeliveredAt: null, PromisedAt: { } promised } && promised < now;

    /// <summary>Not delivered and no checkpoint for <see cref="OrderRules.SilentFor"/>.</summary>
    public bool LooksLost(DateTimeOffset now) =>
        !Cancelled && Parcel is { DeliveredAt: null, LastSeenAt: { } seen } && now - seen > OrderRules.SilentFor;

    /// <summary>The carrier says delivered, the customer says it never came.</summary>
    public bool DeliveredNotReceived(DateTimeOffset now) =>
        !Cancelled && Parcel is { DeliveredAt: { } delivered, ReportedMissing: true } && delivered <= now;
}

/// <summary>The parcel of an order as last reported.</summary>
/// <param name="Carrier">Empty while the order has a promised date but no shipment; so is <paramref name="Number"/>.</param>
/// <param name="Eta">The carrier's newest estimate; null when none.</param>
/// <param name="LastSeen">Place and note of the newest checkpoint.</param>
/// <param name="ReportedMissing">The customer says it never came although the carrier says delivered.</param>
public sealed record ParcelSummary(
    string Carrier,
    string Number,
    DateTimeOffset? PromisedAt,
    DateTimeOffset? Eta,
    CheckpointStatus Status,
    string? LastSeen,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? DeliveredAt,
    bool ReportedMissing = false);

/// <summary>A refund under way or done.</summary>
public sealed record RefundSummary(decimal Amount, DateTimeOffset RequestedAt, DateTimeOffset? DueAt, DateTimeOffset? PaidAt);
