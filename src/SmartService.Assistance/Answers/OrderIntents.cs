using System.Collections.Frozen;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.Assistance.Answers;

/// <summary>The questions an order itself can answer, and when its facts bear the answer.</summary>
internal static class OrderIntents
{
    /// <summary>Different words for "where is my parcel"; the order's facts answer each.</summary>
    public static readonly FrozenSet<IntentId> Parcel = new[] { Intents.OrderStatus, Intents.OrderDelay, Intents.OrderNotReceived }.ToFrozenSet();

    public static bool Contains(IntentId intent) => Parcel.Contains(intent) || intent == Intents.RefundStatus || intent == Intents.PaymentFailed;

    /// <summary>
    /// A merchant's answer to the intent would be true of this order: one about a delay only of a late one. Intents that
    /// claim nothing of an order fit any.
    /// </summary>
    public static bool Fits(IntentId? intent, OrderSummary order, DateTimeOffset now) => intent switch
    {
        _ when intent == Intents.OrderDelay => order.IsLate(now) || order.LooksLost(now),
        _ when intent == Intents.OrderNotReceived => order.Parcel is { DeliveredAt: not null },
        _ when intent == Intents.RefundStatus => order.Refund is not null,
        _ when intent == Intents.PaymentFailed => order.Payment == PaymentState.Failed,
        _ when intent == Intents.OrderStatus => !order.Cancelled,
        _ => true,
    };
}
