using System.Collections.Frozen;

namespace SmartService.Domain.Knowledge;

/// <summary>Names that may stand in braces in an answer; filled from the customer and the order the question is about.</summary>
public static class Placeholders
{
    public static readonly FrozenSet<string> Known = new[]
    {
        "customer.name", "store.name", "order.number", "order.placed", "order.total", "order.status", "parcel.carrier",
        "parcel.number", "parcel.status", "parcel.promised", "parcel.eta", "parcel.lastSeen", "refund.amount", "refund.status",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Names in braces in <paramref name="answer"/>, in order, known or not.</summary>
    public static IEnumerable<string> In(string answer)
    {
        for (var open = answer.IndexOf('{', StringComparison.Ordinal); open >= 0; open = answer.IndexOf('{', open + 1))
        {
            var close = answer.IndexOf('}', open);
            if (close < 0)
            {
                yield break;
            }

            yield return answer[(open + 1)..close];
        }
    }
}
