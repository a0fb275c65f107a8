using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;

namespace SmartService.Intent.Prediction;

/// <summary>
/// Describes a customer at one moment as rows of numbers: the first row stands for "about no order", one more for each order
/// that a question may be about. Every row begins with what is true of the customer.
/// </summary>
internal static class FeatureExtractor
{
    /// <summary>Raised when the same customer would give other numbers.</summary>
    public const int Version = 2;

    /// <summary>Orders looked at: those that something happens with, and the newest.</summary>
    public const int MaxOrders = 6;

    private static readonly int Statuses = Enum.GetValues<CheckpointStatus>().Length;
    private static readonly int Tiers = Enum.GetValues<CustomerTier>().Length;
    private static readonly int Payments = Enum.GetValues<PaymentState>().Length;

    /// <summary>Numbers in a row.</summary>
    public static int Width { get; } = Measure();

    /// <returns>Orders in the sequence of the rows, from row 1.</returns>
    public static IReadOnlyList<OrderSummary> Extract(
        CustomerState customer, SessionSigns signs, DateTimeOffset now, CampaignMoment campaign, out float[] rows)
    {
        var orders = Candidates(customer, signs, now);
        rows = new float[(orders.Count + 1) * Width];
        for (var i = 0; i <= orders.Count; i++)
        {
            var row = new FeatureRow(rows.AsSpan(i * Width, Width));
            AddOrder(ref row, i == 0 ? null : orders[i - 1], i - 1, customer, signs, now);
            AddCustomer(ref row, customer, signs, orders, now);
            AddCampaign(ref row, campaign);
        }

        return orders;
    }

    private static int Measure()
    {
        var row = new FeatureRow(new float[1_024]);
        var signs = new SessionSigns(CustomerState.Unknown, DateTimeOffset.UnixEpoch);
        AddOrder(ref row, null, 0, CustomerState.Unknown, signs, default);
        AddCustomer(ref row, CustomerState.Unknown, signs, [], default);
        AddCampaign(ref row, default);
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

        for (var back = 0; back < 3; back++)
        {
            var visit = signs.Back(back);
            row.OneOf(visit is null ? -1 : (int)visit.Page, signs.Pages.Length);
            row.Add(MathF.Log(1 + (visit?.DwellSeconds ?? 0)) / 6);
            row.Flag(visit is { Error: not PageError.None });
        }

        AddPairs(ref row, signs);
        row.Add(MathF.Log(1 + signs.Visits.Where(IsReading).Sum(visit => visit.DwellSeconds)) / 6);
        row.Add(MathF.Log(1 + signs.Visits.Where(visit => visit.Page == PageType.Product).Select(visit => visit.DwellSeconds).DefaultIfEmpty(0).Max()) / 6);
        foreach (var count in signs.Errors.AsSpan(1))
        {
            row.Flag(count > 0);
            row.Flag(count > 1);
        }

        foreach (var count in signs.Topics.AsSpan(1))
        {
            row.Times(2 * count);
        }

        row.OneOf(signs.Last is { } last && IsReading(last) ? (int)PolicyTopics.Of(last.Subject) : -1, PolicyTopics.Count);
        row.OneOf(signs.Back(1) is { } before && IsReading(before) ? (int)PolicyTopics.Of(before.Subject) : -1, PolicyTopics.Count);
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
        row.Flag(orders.Exists(order => signs.Visits.Exists(visit => SessionSigns.IsAbout(visit, order))));
        row.OneOf((int)customer.Tier, Tiers);
        row.Flag(customer.Identified);
        row.Flag(customer.Locale?.StartsWith("ko", StringComparison.OrdinalIgnoreCase) == true);
        row.Flag(customer.Locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true);
        row.Flag(customer.OpenConversations.Length > 0);
        foreach (var label in QuestionLabels.All)
        {
            row.Flag(customer.RecentTopics.Contains(label));
        }
    }

    private static void AddCampaign(ref FeatureRow row, CampaignMoment campaign)
    {
        row.Flag(campaign.IsOn);
        row.Add(campaign.DaysSince / (float)CampaignCalendar.NearDays);
        row.Add(campaign.DaysUntil / (float)CampaignCalendar.NearDays);
    }

    /// <summary>Which kind of page followed which, at least once.</summary>
    private static void AddPairs(ref FeatureRow row, SessionSigns signs)
    {
        var pages = signs.Pages.Length;
        Span<bool> pairs = stackalloc bool[pages * pages];
        for (var i = 1; i < signs.Visits.Count; i++)
        {
            pairs[((int)signs.Visits[i - 1].Page * pages) + (int)signs.Visits[i].Page] = true;
        }

        foreach (var pair in pairs)
        {
            row.Flag(pair);
        }
    }

    private static bool IsReading(PageVisit visit) => visit.Page is PageType.Policy or PageType.Help or PageType.Search;

    private static void AddOrder(
        ref FeatureRow row, OrderSummary? order, int rank, CustomerState customer, SessionSigns signs, DateTimeOffset now)
    {
        var parcel = order?.Parcel;
        var refund = order?.Refund;
        // The model's mask reads this first number: see PredictorFile.
        row.Flag(order is not null);
        row.Flag(order is not null && IsLookedAt(order, signs));
        row.Flag(order is not null && order.Lines.Any(line => signs.ProductSubjects.Contains(line.Product)));
        AddLooks(ref row, order, signs);
        row.Add(order is null ? 0 : MathF.Log(1 + MathF.Max(0, (float)order.Total)) / 8);
        row.Add(order is null ? 0 : MathF.Log(1 + order.Lines.Length) / 3);
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
        row.Flag(parcel?.DeliveredAt is { } && now - parcel.DeliveredAt < TimeSpan.FromDays(3));
        row.Flag(parcel?.DeliveredAt is { } && now - parcel.DeliveredAt < TimeSpan.FromDays(5.5));
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

    /// <summary>How often and how long the shopper looked at this order, and whether they look at it now.</summary>
    private static void AddLooks(ref FeatureRow row, OrderSummary? order, SessionSigns signs)
    {
        var (looks, tracks, products, seconds) = (0, 0, 0, 0);
        if (order is not null)
        {
            foreach (var visit in signs.Visits.Where(visit => SessionSigns.IsAbout(visit, order)))
            {
                looks += visit.Page == PageType.Order ? 1 : 0;
                tracks += visit.Page == PageType.Tracking ? 1 : 0;
                products += visit.Page == PageType.Product ? 1 : 0;
                seconds += visit.DwellSeconds;
            }
        }

        row.Times(looks);
        row.Times(tracks);
        row.Flag(tracks > 1);
        row.Times(products);
        row.Add(MathF.Log(1 + seconds) / 6);
        row.Flag(order is not null && signs.Back(0) is { } last && SessionSigns.IsAbout(last, order));
        row.Flag(order is not null && signs.Back(1) is { } before && SessionSigns.IsAbout(before, order));
    }
}
