using System.Collections.Immutable;

namespace SmartService.Domain.Customers;

/// <summary>A customer's newest 200 orders, oldest first by placing, and ids of up to 2,000 older ones. The order in which
/// summaries arrive leaves no trace.</summary>
internal static class OrderShelf
{
    /// <summary>Whether <paramref name="order"/> tells anything not known yet.</summary>
    public static bool IsNews(CustomerState state, OrderSummary order)
    {
        var known = Find(state.Orders, order.Id);
        if (known >= 0)
        {
            return order.Version > state.Orders[known].Version;
        }

        if (!IsTooOld(state.Orders, order))
        {
            return true;
        }

        return FindOlder(state.OlderOrderIds, order.Id) < 0 && state.OlderOrderIds.Length < CustomerState.MaxOlderOrders;
    }

    public static CustomerState With(CustomerState state, OrderSummary order)
    {
        var known = Find(state.Orders, order.Id);
        var others = known < 0 ? state.Orders : state.Orders.RemoveAt(known);
        if (known < 0 && IsTooOld(others, order))
        {
            return Refer(state, order.Id);
        }

        var index = others.Length;
        while (index > 0 && IsBefore(order, others[index - 1]))
        {
            index--;
        }

        var pushedOut = others.Length == CustomerState.HotOrders ? others[0].Id : (OrderId?)null;
        var next = state with { Orders = Bounded.Insert(others, index, order, CustomerState.HotOrders) };
        return pushedOut is { } id ? Refer(next, id) : next;
    }

    private static CustomerState Refer(CustomerState state, OrderId id)
    {
        var at = FindOlder(state.OlderOrderIds, id);
        if (at >= 0 || state.OlderOrderIds.Length == CustomerState.MaxOlderOrders)
        {
            return state;
        }

        var older = state.OlderOrderIds.Insert(~at, id);
        return state with { OlderOrderIds = older, OlderOrders = older.Length };
    }

    private static bool IsTooOld(ImmutableArray<OrderSummary> hot, OrderSummary order) =>
        hot.Length == CustomerState.HotOrders && IsBefore(order, hot[0]);

    private static int Find(ImmutableArray<OrderSummary> orders, OrderId id)
    {
        for (var i = orders.Length - 1; i >= 0; i--)
        {
            if (orders[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private static int FindOlder(ImmutableArray<OrderId> ids, OrderId id) => ids.BinarySearch(id, ById.Instance);

    private static bool IsBefore(OrderSummary one, OrderSummary other) =>
        one.PlacedAt != other.PlacedAt
            ? one.PlacedAt < other.PlacedAt
            : string.CompareOrdinal(one.Id.Value, other.Id.Value) < 0;

    private sealed class ById : IComparer<OrderId>
    {
        public static readonly ById Instance = new();

        public int Compare(OrderId x, OrderId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
