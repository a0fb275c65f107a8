using System.Collections.Immutable;

namespace SmartService.Domain.Orders;

/// <summary>Commands to one order. The order number is the entity's key.</summary>
public abstract record OrderCommand(DateTimeOffset At)
{
    /// <summary>Creates the order. Again with other lines or another total it corrects them, unless an even newer report was taken.
    /// Once the parcel is shipped, only <see cref="Ship"/> moves the promised date.</summary>
    public sealed record Place(
        CustomerId Customer, ImmutableArray<OrderLine> Lines, decimal Total, string Currency,
        DateTimeOffset PlacedAt, DateTimeOffset? PromisedAt, DateTimeOffset At) : OrderCommand(At);

    /// <summary>Payment as the shop reports it. <paramref name="OperationId"/> makes a resent report harmless.</summary>
    public sealed record NotePayment(string OperationId, PaymentState State, string? Method, DateTimeOffset At) : OrderCommand(At);

    public sealed record Ship(string Carrier, string Number, DateTimeOffset? PromisedAt, DateTimeOffset? Eta, DateTimeOffset At) : OrderCommand(At);

    /// <summary>Parcel scans in any order; ids already known change nothing.</summary>
    public sealed record NoteCheckpoints(ImmutableArray<Checkpoint> Checkpoints, DateTimeOffset At) : OrderCommand(At);

    public sealed record ReportMissing(DateTimeOffset At) : OrderCommand(At);

    public sealed record RequestRefund(string OperationId, decimal Amount, DateTimeOffset? DueAt, DateTimeOffset At) : OrderCommand(At);

    public sealed record NoteRefundPaid(string OperationId, DateTimeOffset At) : OrderCommand(At);

    public sealed record Cancel(string? Reason, DateTimeOffset At) : OrderCommand(At);

    /// <summary>Forgets what was bought and by whom, because the person asked to be forgotten. Irreversible.</summary>
    public sealed record Erase(DateTimeOffset At) : OrderCommand(At);
}

public abstract record OrderEvent(DateTimeOffset At)
{
    public sealed record Placed(
        CustomerId Customer, ImmutableArray<OrderLine> Lines, decimal Total, string Currency,
        DateTimeOffset PlacedAt, DateTimeOffset? PromisedAt, DateTimeOffset At) : OrderEvent(At);

    public sealed record PaymentNoted(string OperationId, PaymentState State, string? Method, DateTimeOffset At) : OrderEvent(At);

    public sealed record Shipped(string Carrier, string Number, DateTimeOffset? PromisedAt, DateTimeOffset? Eta, DateTimeOffset At) : OrderEvent(At);

    public sealed record CheckpointNoted(Checkpoint Checkpoint, DateTimeOffset At) : OrderEvent(At);

    public sealed record ReportedMissing(DateTimeOffset At) : OrderEvent(At);

    public sealed record RefundRequested(string OperationId, decimal Amount, DateTimeOffset? DueAt, DateTimeOffset At) : OrderEvent(At);

    public sealed record RefundPaid(string OperationId, DateTimeOffset At) : OrderEvent(At);

    public sealed record Cancelled(string? Reason, DateTimeOffset At) : OrderEvent(At);

    public sealed record Erased(DateTimeOffset At) : OrderEvent(At);
}

public enum OrderRefusal
{
    /// <summary>No such order; place it first.</summary>
    NotFound,

    /// <summary>The order number is taken by another customer.</summary>
    BelongsToAnother,

    /// <summary>The order was cancelled before.</summary>
    AlreadyCancelled,

    /// <summary>More money back than was paid.</summary>
    RefundExceedsTotal,

    /// <summary>The parcel has not been reported delivered.</summary>
    NotDelivered,

    /// <summary>More lines or checkpoints than an order may have (500 and 1,000).</summary>
    TooMany,

    /// <summary>The customer was forgotten, and this order with the person.</summary>
    Erased,

    /// <summary>An amount of money must be above 0.</summary>
    BadAmount,
}

/// <summary>One order. <see cref="Customer"/> null means it does not exist yet.</summary>
/// <param name="Version">Number of events so far.</param>
/// <param name="Eta">From the newest checkpoint that gives one; until then from the shipment.</param>
/// <param name="Checkpoints">Oldest first by time, at most 1,000.</param>
/// <param name="Operations">Last 32 operation ids, so that resent commands change nothing.</param>
public sealed record OrderState(
    CustomerId? Customer,
    long Version,
    DateTimeOffset PlacedAt,
    ImmutableArray<OrderLine> Lines,
    decimal Total,
    string Currency,
    PaymentState Payment,
    string? PaymentMethod,
    int PaymentFailures,
    string? Carrier,
    string? ParcelNumber,
    DateTimeOffset? PromisedAt,
    DateTimeOffset? Eta,
    ImmutableArray<Checkpoint> Checkpoints,
    bool ReportedMissing,
    decimal RefundAmount,
    DateTimeOffset? RefundRequestedAt,
    DateTimeOffset? RefundDueAt,
    DateTimeOffset? RefundPaidAt,
    bool Cancelled,
    ImmutableArray<string> Operations)
{
    public const int MaxLines = 500;
    public const int MaxCheckpoints = 1_000;

    /// <summary>When the newest report of the order itself was taken; an older one changes nothing.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>Late reports must not bring a forgotten person's order back.</summary>
    public bool IsErased { get; init; }

    public static OrderState Absent { get; } = new(
        null, 0, default, [], 0, "", PaymentState.Pending, null, 0, null, null, null, null, [], false, 0, null, null, null, false, []);
}
