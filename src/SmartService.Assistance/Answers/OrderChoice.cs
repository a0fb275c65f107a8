using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.Assistance.Answers;

/// <summary>Which of the customer's orders a question is about.</summary>
internal static class OrderChoice
{
    /// <summary>The order named in the text.</summary>
    /// <param name="other">An order is named, but none of this customer's: then no order's facts may be given.</param>
    public static OrderSummary? Named(string text, ImmutableArray<OrderSummary> orders, out bool other)
    {
        other = false;
        if (orders.IsDefaultOrEmpty || !text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return null;
        }

        for (var i = orders.Length - 1; i >= 0; i--)
        {
            if (Holds(text, orders[i].Id.Value) || (orders[i].Parcel is { Number.Length: > 5 } parcel && Holds(text, parcel.Number)))
            {
                return orders[i];
            }
        }

        var shapes = orders.Select(order => Shape(order.Id.Value)).ToHashSet(StringComparer.Ordinal);
        other = Words(text).Any(word => shapes.Contains(Shape(word)));
        return null;
    }

    /// <summary>The newest order with a product that the text names, by a name of the tenant's vocabulary or as the order has it.</summary>
    public static OrderSummary? ByProduct(string text, ImmutableArray<OrderSummary> orders, TenantWords words)
    {
        if (orders.IsDefaultOrEmpty)
        {
            return null;
        }

        var normal = Terms.Normalise(text);
        var products = words.ProductsIn(text);
        return Newest(orders, order => !order.Lines.IsDefault
            && order.Lines.Any(line => products.Contains(line.Product) || TenantWords.Holds(normal, Terms.Normalise(line.Name))));
    }

    /// <summary>The order an unnamed question of this intent is most likely about; null when the customer has none such.</summary>
    /// <param name="foreseen">The order the forecast is about.</param>
    public static OrderSummary? For(IntentId intent, ImmutableArray<OrderSummary> orders, OrderId? foreseen, DateTimeOffset now)
    {
        if (orders.IsDefaultOrEmpty)
        {
            return null;
        }

        if (intent == Intents.RefundStatus)
        {
            return Newest(orders, order => order.Refund is { PaidAt: null }) ?? Newest(orders, order => order.Refund is not null);
        }

        if (intent == Intents.PaymentFailed)
        {
            return Newest(orders, order => order.Payment == PaymentState.Failed && !order.Cancelled);
        }

        if (foreseen is { } id && Newest(orders, order => order.Id == id) is { } expected)
        {
            return expected;
        }

        return intent == Intents.OrderNotReceived && Newest(orders, order => order.DeliveredNotReceived(now)) is { } missing
            ? missing
            : Undelivered(orders, now) ?? orders[^1];
    }

    private static OrderSummary? Undelivered(ImmutableArray<OrderSummary> orders, DateTimeOffset now) =>
        Newest(orders, order => order.IsLate(now))
        ?? Newest(orders, order => order.LooksLost(now))
        ?? Newest(orders, order => !order.Cancelled && order.Parcel?.DeliveredAt is null);

    private static OrderSummary? Newest(ImmutableArray<OrderSummary> orders, Func<OrderSummary, bool> fits)
    {
        for (var i = orders.Length - 1; i >= 0; i--)
        {
            if (fits(orders[i]))
            {
                return orders[i];
            }
        }

        return null;
    }

    /// <summary>Holds the number as a word of its own: "NP-204" is not in "NP-20417".</summary>
    private static bool Holds(string text, string number)
    {
        for (var at = text.IndexOf(number, StringComparison.OrdinalIgnoreCase); at >= 0 && number.Length > 0;
             at = text.IndexOf(number, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + number.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Runs of ASCII letters, digits and hyphens that hold at least four digits.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '_'))
            {
                continue;
            }

            if (text.AsSpan(start, i - start).ToString() is var word && word.Count(char.IsAsciiDigit) >= 4)
            {
                yield return word;
            }

            start = i + 1;
        }
    }

    private static string Shape(string number) => string.Create(number.Length, number, static (shape, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            shape[i] = char.IsAsciiDigit(from[i]) ? '9' : char.ToUpperInvariant(from[i]);
        }
    });
}
