namespace SmartService.Domain.Orders;

/// <summary>One line of an order.</summary>
/// <param name="UnitPrice">In the order's currency, tax included.</param>
/// <param name="Options">Chosen options as the shopper reads them, for example "Moss, L".</param>
public sealed record OrderLine(string Product, string Name, int Quantity, decimal UnitPrice, string? Options = null);

public enum PaymentState
{
    Pending, Paid, Failed, RefundPending, Refunded,
}

/// <summary>Carrier states in the order a parcel usually passes them; an exception may come at any time.</summary>
public enum CheckpointStatus
{
    None, Accepted, InTransit, Customs, OutForDelivery, Delivered, Exception,
}

/// <summary>One scan by the carrier.</summary>
/// <param name="Id">The sender's id of this scan; the same id twice is one checkpoint.</param>
/// <param name="Eta">New estimate given with this scan, if any.</param>
public sealed record Checkpoint(
    string Id, DateTimeOffset At, CheckpointStatus Status, string? Place = null, string? Note = null, DateTimeOffset? Eta = null);

/// <summary>Constants of order rules.</summary>
public static class OrderRules
{
    /// <summary>A parcel on its way that nobody scanned for this long looks lost.</summary>
    public static readonly TimeSpan SilentFor = TimeSpan.FromDays(5);
}
