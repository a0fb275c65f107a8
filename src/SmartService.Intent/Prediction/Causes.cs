using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.Intent.Prediction;

/// <summary>Why a question is expected, in stable codes: facts that hold, those that speak for the question first.</summary>
internal static class Causes
{
    private const int Most = 5;

    // For each fact, the questions it speaks for.
    private static readonly (string Code, string[] For)[] Table =
    [
        ("parcel_lost", ["order.delay", "order.not_received", "refund.request", "order.status"]),
        ("parcel_late", ["order.delay", "order.status", "order.cancel", "refund.request"]),
        ("payment_failed_twice", ["payment.failed", "payment.method", "payment.duplicate_charge"]),
        ("payment_failed", ["payment.failed", "payment.method", "payment.duplicate_charge"]),
        ("coupon_rejected", ["promo.coupon", "promo.rules"]),
        ("price_dropped", ["promo.price_protection"]),
        ("refund_waiting", ["refund.status"]),
        ("size_back_and_forth", ["product.size", "product.info", "product.recommend", "exchange.request"]),
        ("out_of_stock", ["product.stock"]),
        ("delivered_recently", ["order.not_received", "return.request", "exchange.request", "order.damaged", "order.wrong_item", "order.missing_item", "return.policy", "product.usage", "promo.gift"]),
        ("order_on_its_way", ["order.status", "delivery.time", "order.address_change", "order.change", "order.cancel"]),
        ("policy_read", ["return.policy", "delivery.time", "delivery.fee", "delivery.overseas", "refund.request", "return.request", "service.warranty", "promo.points", "account.tier", "promo.rules"]),
        ("cart_waiting", ["delivery.fee", "payment.method", "delivery.time", "promo.coupon"]),
    ];

    /// <param name="order">The order the question is about; null looks at all of them.</param>
    public static IReadOnlyList<string> Of(CustomerState customer, SessionSigns signs, OrderSummary? order, IntentId question, DateTimeOffset now)
    {
        IReadOnlyList<OrderSummary> orders = order is null ? customer.Orders : [order];
        return [.. Table
            .Where(cause => Holds(cause.Code, signs, orders, now))
            .OrderByDescending(cause => cause.For.Contains(question.Value, StringComparer.Ordinal))
            .Select(cause => cause.Code).Take(Most)];
    }

    private static bool Holds(string code, SessionSigns signs, IReadOnlyList<OrderSummary> orders, DateTimeOffset now) => code switch
    {
        "parcel_lost" => orders.Any(o => o.LooksLost(now)),
        "parcel_late" => orders.Any(o => o.IsLate(now)),
        "payment_failed_twice" => Declines(signs, orders) >= 2,
        "payment_failed" => Declines(signs, orders) == 1,
        "coupon_rejected" => signs.Errors[(int)PageError.CouponRejected] > 0,
        "price_dropped" => orders.Any(o => signs.PriceDropped(o, now)),
        "refund_waiting" => orders.Any(o => o.Refund is { PaidAt: null }),
        "size_back_and_forth" => signs.Returns > 0,
        "out_of_stock" => signs.Errors[(int)PageError.OutOfStock] > 0,
        "delivered_recently" => orders.Any(o => o.Parcel?.DeliveredAt is { } at && now - at < TimeSpan.FromDays(7)),
        "order_on_its_way" => orders.Any(o => o is { Cancelled: false, Parcel.DeliveredAt: null } && !o.IsLate(now)),
        "policy_read" => signs.Pages[(int)PageType.Policy] > 0,
        "cart_waiting" => signs.Pages[(int)PageType.Cart] > 0,
        _ => false,
    };

    private static int Declines(SessionSigns signs, IReadOnlyList<OrderSummary> orders) => Math.Max(
        signs.Errors[(int)PageError.PaymentDeclined],
        orders.Where(o => o.Payment == PaymentState.Failed).Select(o => o.PaymentFailures).DefaultIfEmpty(0).Max());
}
