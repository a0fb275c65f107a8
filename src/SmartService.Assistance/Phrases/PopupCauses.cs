using SmartService.Assistance.Answers;
using SmartService.Domain;

namespace SmartService.Assistance.Phrases;

/// <summary>Which of a forecast's causes explains a topic. A popup about a refund must not say that a parcel is late.</summary>
internal static class PopupCauses
{
    /// <summary>Told when no cause of the forecast fits.</summary>
    public const string Page = "page_visited";

    public static string Choose(IReadOnlyList<string> causes, IntentId topic) => causes.FirstOrDefault(cause => Explains(cause, topic)) ?? Page;

    private static bool Explains(string cause, IntentId topic) => cause switch
    {
        "parcel_late" or "parcel_silent" or "parcel_lost" or "parcel_missing" or "delivered_not_received" or "parcel_underway" or "order_underway" =>
            OrderIntents.Parcel.Contains(topic) || Is(topic, "delivery.") || Is(topic, "order."),
        "payment_failed_twice" or "payment_failed" => Is(topic, "payment."),
        "size_back_and_forth" => Is(topic, "product.") || Is(topic, "exchange."),
        "coupon_rejected" => Is(topic, "promo."),
        "refund_waiting" => Is(topic, "refund.") || Is(topic, "return."),
        "price_dropped" => topic == Intents.PriceProtection,
        "delivered_recently" => Is(topic, "return.") || Is(topic, "exchange.") || Is(topic, "order.") || Is(topic, "product.") || Is(topic, "service."),
        _ => true,
    };

    private static bool Is(IntentId topic, string family) => topic.Value.StartsWith(family, StringComparison.Ordinal);
}
