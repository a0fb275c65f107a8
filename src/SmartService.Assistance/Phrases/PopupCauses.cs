using SmartService.Domain;

namespace SmartService.Assistance.Phrases;

/// <summary>Which of a forecast's causes explains a topic. A popup about a refund must not say that a parcel is late.</summary>
internal static class PopupCauses
{
    /// <summary>Told when no cause of the forecast fits.</summary>
    public const string Page = "page_visited";
    private static readonly IntentId RefundRequest = new("refund.request");

    public static string Choose(IReadOnlyList<string> causes, IntentId topic) => causes.FirstOrDefault(cause => Explains(cause, topic)) ?? Page;

    private static bool Explains(string cause, IntentId topic) => cause switch
    {
        "parcel_late" or "parcel_lost" => Is(topic, "order.") || Is(topic, "delivery.") || topic == RefundRequest,
        "order_on_its_way" => Is(topic, "order.") || Is(topic, "delivery."),
        "out_of_stock" => Is(topic, "product."),
        "cart_waiting" => Is(topic, "delivery.") || Is(topic, "payment.") || Is(topic, "promo."),
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
