using System.Text;
using SmartService.Domain.Customers;
using SmartService.Assistance.Phrases;

namespace SmartService.Assistance.Answers;

/// <summary>Fills {order.number}, {parcel.eta}… of a merchant's answer from what is known; never with a guess.</summary>
internal static class PlaceholderFiller
{
    /// <returns>Null when a placeholder has no value: the answer cannot be given.</returns>
    public static string? Fill(string answer, AnswerContext context, OrderSummary? order)
    {
        if (!answer.Contains('{', StringComparison.Ordinal))
        {
            return answer;
        }

        var filled = new StringBuilder(answer.Length + 64);
        var from = 0;
        for (var open = answer.IndexOf('{', StringComparison.Ordinal); open >= 0; open = answer.IndexOf('{', from))
        {
            var close = answer.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            if (Value(answer[(open + 1)..close], context, order) is not { Length: > 0 } value)
            {
                return null;
            }

            filled.Append(answer, from, open - from).Append(value);
            from = close + 1;
        }

        return filled.Append(answer, from, answer.Length - from).ToString();
    }

    private static string? Value(string name, AnswerContext context, OrderSummary? order) => name switch
    {
        "customer.name" => context.Customer.Name,
        "store.name" => context.Profile.Name,
        "order.number" => order?.Id.Value,
        "order.placed" => order is null ? null : context.Date(order.PlacedAt),
        "order.total" => order is null ? null : Formats.Money(order.Total, order.Currency),
        "order.status" => order is null ? null : StatusWords.Of(order, context.Now).In(context.Language),
        "parcel.carrier" => order?.Parcel?.Carrier,
        "parcel.number" => order?.Parcel?.Number,
        "parcel.status" => order?.Parcel is { } parcel ? StatusWords.Of(parcel).In(context.Language) : null,
        "parcel.promised" => order?.Parcel?.PromisedAt is { } promised ? context.Date(promised) : null,
        "parcel.eta" => Eta(order, context) is { } eta ? context.Date(eta) : null,
        "parcel.lastSeen" => order?.Parcel?.LastSeen,
        "refund.amount" => order?.Refund is { } refund ? Formats.Money(refund.Amount, order.Currency) : null,
        "refund.status" => order?.Refund is { } refund ? StatusWords.Of(refund).In(context.Language) : null,
        _ => null,
    };

    /// <summary>The day the parcel is expected: the carrier's, else the promised one; null when both have passed or it has come.</summary>
    public static DateTimeOffset? Eta(OrderSummary? order, AnswerContext context)
    {
        if (order is not { Cancelled: false, Parcel: { DeliveredAt: null } parcel })
        {
            return null;
        }

        var expected = parcel.Eta ?? parcel.PromisedAt;
        return expected is { } day && context.IsAhead(day) ? day : null;
    }
}
