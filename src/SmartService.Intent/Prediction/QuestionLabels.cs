using System.Collections.Immutable;
using SmartService.Domain;

namespace SmartService.Intent.Prediction;

/// <summary>The questions that can be seen coming: all that a shop answers, without small talk and feelings.</summary>
internal static class QuestionLabels
{
    private static readonly string[] Unforeseen =
        ["service.complaint", "service.praise", "chat.greeting", "chat.thanks", "chat.goodbye", "chat.bot_identity", "out_of_scope"];

    /// <summary>Questions that may be about one order. Others are never tied to one.</summary>
    private static readonly string[] AboutOrders =
    [
        "order.status", "order.delay", "order.not_received", "order.change", "order.cancel", "order.address_change", "order.wrong_item",
        "order.missing_item", "order.damaged", "payment.failed", "payment.duplicate_charge", "invoice.request", "refund.request",
        "refund.status", "return.request", "return.policy", "return.pickup", "exchange.request", "product.usage", "promo.price_protection",
        "promo.gift", "delivery.time", "service.warranty",
    ];

    /// <summary>In the order of the model's output; "asks nothing" follows as one more.</summary>
    public static ImmutableArray<IntentId> All { get; } =
        [.. Intents.Shipped.Where(intent => !Unforeseen.Contains(intent.Value, StringComparer.Ordinal))];

    public static int Nothing => All.Length;

    public static int Count => All.Length + 1;

    public static bool MayBeAboutOrder(int label) =>
        label < Nothing && AboutOrders.Contains(All[label].Value, StringComparer.Ordinal);
}
