using System.Collections.Immutable;

namespace SmartService.Domain;

/// <summary>The intents of the shipped model, in the order of its output.</summary>
public static class Intents
{
    public static readonly IntentId OrderStatus = new("order.status");
    public static readonly IntentId OrderDelay = new("order.delay");
    public static readonly IntentId OrderNotReceived = new("order.not_received");
    public static readonly IntentId PaymentFailed = new("payment.failed");
    public static readonly IntentId RefundStatus = new("refund.status");
    public static readonly IntentId PriceProtection = new("promo.price_protection");
    public static readonly IntentId Coupon = new("promo.coupon");
    public static readonly IntentId ProductSize = new("product.size");
    public static readonly IntentId ServiceHuman = new("service.human");
    public static readonly IntentId ServiceComplaint = new("service.complaint");
    public static readonly IntentId ServicePraise = new("service.praise");
    public static readonly IntentId Greeting = new("chat.greeting");
    public static readonly IntentId Thanks = new("chat.thanks");
    public static readonly IntentId Goodbye = new("chat.goodbye");
    public static readonly IntentId BotIdentity = new("chat.bot_identity");
    public static readonly IntentId OutOfScope = new("out_of_scope");

    /// <summary>All 47 intents and, last, out_of_scope.</summary>
    public static readonly ImmutableArray<IntentId> Shipped =
    [
        new("order.status"), new("order.delay"), new("order.not_received"), new("order.change"), new("order.cancel"),
        new("order.address_change"), new("order.wrong_item"), new("order.missing_item"), new("order.damaged"),
        new("payment.failed"), new("payment.method"), new("payment.duplicate_charge"), new("payment.installment"),
        new("invoice.request"), new("refund.request"), new("refund.status"), new("return.request"), new("return.policy"),
        new("return.pickup"), new("exchange.request"), new("product.info"), new("product.size"), new("product.stock"),
        new("product.authenticity"), new("product.usage"), new("product.recommend"), new("promo.coupon"),
        new("promo.rules"), new("promo.points"), new("promo.price_protection"), new("promo.gift"), new("delivery.time"),
        new("delivery.fee"), new("delivery.overseas"), new("account.login"), new("account.profile"),
        new("account.delete"), new("account.tier"), new("service.human"), new("service.complaint"),
        new("service.praise"), new("service.warranty"), new("service.hours"), new("chat.greeting"), new("chat.thanks"),
        new("chat.goodbye"), new("chat.bot_identity"), new("out_of_scope"),
    ];
}
