using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.Intent.Prediction;

/// <summary>
/// Describes a customer at one moment as rows of numbers: the first row stands for "about no order", one more for each order
/// that a question may be about. Every row begins with what is true of the customer.
/// </summary>
internal static class FeatureExtractor
{
    /// <summary>Raised when the same customer would give other numbers.</summary>
    public const int Version = 1;

    /// <summary>Orders looked at: those that something happens with, and the newest.</summary>
    public const int MaxOrders = 6;

    private static readonly int Statuses = Enum.GetValues<CheckpointStatus>().Length;
    private static readonly int Payments = Enum.GetValues<PaymentState>().Length;

    /// <summary>Numbers in a row.</summary>
    public static int Width { get; } = Measure();

    /// <returns>Orders in the sequence of the rows, from row 1.</returns>
    public static IReadOnlyList<OrderSummary> Extract(
        CustomerState customer, SessionSigns signs, DateTimeOffset now, out float[] rows)
    {
        var orders = Candidates(customer, signs, now);
        rows = new float[(orders.Count + 1) * Width];
        for (var i = 0; i <= orders.Count; i++)
        {
            var row = new FeatureRow(rows.AsSpan(i * Width, Width));
            AddOrder(ref row, i == 0 ? null : orders[i - 1], i - 1, customer, signs, now);
            AddCustomer(ref row, customer, signs, orders, now);
        }

        return orders;
    }

    private static int Measure()
    {
        var row = new FeatureRow(new float[1_024]);
        var signs = new SessionSigns(CustomerState.Unknown, default);
        AddOrder(ref row, null, 0, CustomerState.Unknown, signs, default);
        AddCustomer(ref row, CustomerState.Unknown, signs, [], default);
        return row.Count;
    }

    private static List<OrderSummary> Candidates(CustomerState customer, SessionSigns signs, DateTimeOffset now) =>
        [.. customer.Orders
            .OrderByDescending(order => Interest(order, signs, now))
            .ThenByDescending(order => order.PlacedAt)
            .Take(MaxOrders)];

    private static int Interest(OrderSummary order, SessionSigns signs, DateTimeOffset now)
    {
        var open = order is { Cancelled: false, Parcel.DeliveredAt: null } || order.Refund is { PaidAt: null };
        return (IsLookedAt(order, signs) ? 4 : 0) + (signs.PriceDropped(order, now) ? 2 : 0) + (order.IsLate(now) ? 2 : 0) + (open ? 1 : 0);
    }

    private static bool IsLookedAt(OrderSummary order, SessionSigns signs) =>
        signs.OrderSubjects.Contains(order.Id.Value) || (order.Parcel is { } parcel && signs.OrderSubjects.Contains(parcel.Number));

    private static void AddCustomer(
        ref FeatureRow row, CustomerState customer, SessionSigns signs, List<OrderSummary> orders, DateTimeOffset now)
    {
        foreach (var count in signs.Pages)
        {
            row.Times(count);
        }

        row.OneOf(signs.Last is { } last ? (int)last.Page : -1, signs.Pages.Length);
        row.Add(MathF.Log(1 + (signs.Last?.DwellSeconds ?? 0)) / 6);
        foreach (var count in signs.Errors.AsSpan(1))
        {
            row.Flag(count > 0);
            row.Flag(count > 1);
        }

        foreach (var count in signs.Topics.AsSpan(1))
        {
            row.Times(2 * count);
        }

        row.OneOf(signs.Last is { Page: PageType.Policy or PageType.Help or PageType.Search } page ? (int)PolicyTopics.Of(page.Subject) : -1, PolicyTopics.Count);
        row.Times(signs.Products);
        row.Times(signs.Returns);
        row.Flag(signs.Returns >= 2);
        row.Add(MathF.Log(1 + signs.ProductSeconds) / 7);
        row.Times(signs.Count);
        AddHistory(ref row, customer, signs, orders, now);
    }

    private static void AddHistory(
        ref FeatureRow row, CustomerState customer, SessionSigns signs, List<OrderSummary> orders, DateTimeOffset now)
    {
        row.Times(customer.Orders.Length + customer.OlderOrders);
        row.Flag(orders.Exists(order => order.IsLate(now)));
        row.Flag(orders.Exists(order => order is { Cancelled: false, Parcel.DeliveredAt: null }));
        row.Flag(orders.Exists(order => order.Refund is { PaidAt: null }));
        row.Flag(orders.Exists(order => signs.PriceDropped(order, now)));
        row.Flag(orders.Exists(order => now - order.PlacedAt < TimeSpan.FromHours(2)));
        row.Add((int)customer.Tier / 3f);
        row.Flag(customer.Identified);
        row.Flag(customer.Locale?.StartsWith("ko", StringComparison.OrdinalIgnoreCase) == true);
        row.Flag(customer.Locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true);
        row.Flag(customer.OpenConversations.Length > 0);
        foreach (var label in QuestionLabels.All)
        {
            row.Flag(customer.RecentTopics.Contains(label));
        }
    }

    private static void AddOrder(
        ref FeatureRow row, OrderSummary? order, int rank, CustomerState customer, SessionSigns signs, DateTimeOffset now)
    {
        var parcel = order?.Parcel;
        var refund = order?.Refund;
        // The model's mask reads this first number: see PredictorFile.
        row.Flag(order is not null);
        row.Flag(order is not null && IsLookedAt(order, signs));
        row.Flag(order is not null && order.Lines.Any(line => signs.ProductSubjects.Contains(line.Product)));
        row.Flag(order is not null && signs.PriceDropped(order, now));
        row.Flag(order is not null && customer.Orders.All(o => o.PlacedAt <= order.PlacedAt));
        row.Add(order is null ? 0 : rank / (float)MaxOrders);
        row.Days(order is null ? default : now - order.PlacedAt, 60);
        row.Flag(order is not null && now - order.PlacedAt < TimeSpan.FromHours(2));
        row.Flag(order is not null && now - order.PlacedAt < TimeSpan.FromHours(36));
        row.Flag(order?.Cancelled == true);
        var late = order?.IsLate(now) == true;
        row.Flag(late);
        row.Days(late ? now - parcel!.PromisedAt!.Value : default, 7);
        row.Flag(order?.LooksLost(now) == true);
        row.Days(parcel is { DeliveredAt: null, PromisedAt: { } promised } && promised >= now ? promised - now : default, 10);
        row.OneOf(parcel is null ? -1 : (int)parcel.Status, Statuses);
        row.Flag(parcel?.DeliveredAt is { } && now - parcel.DeliveredAt < TimeSpan.FromDays(2));
        row.Flag(parcel?.DeliveredAt is { } && now - parcel.DeliveredAt < TimeSpan.FromDays(14));
        row.Days(parcel?.DeliveredAt is { } delivered ? now - delivered : default, 90);
        row.Flag(parcel?.ReportedMissing == true);
        row.OneOf(order is null ? -1 : (int)order.Payment, Payments);
        row.Add(Math.Min(order?.PaymentFailures ?? 0, 3) / 3f);
        row.Flag(refund is { PaidAt: null });
        row.Days(refund is { PaidAt: null } ? now - refund.RequestedAt : default, 14);
        row.Flag(refund is { PaidAt: null, DueAt: { } due } && due < now);
        row.Flag(refund?.PaidAt is { } paid && now - paid < TimeSpan.FromDays(7));
    }
}
