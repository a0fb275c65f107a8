using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Orders in the situations that make shoppers ask.</summary>
internal static class SimulatedOrders
{
    /// <summary>Products p0 to p59; an order holds one to three of them.</summary>
    public const int Products = 60;

    private const double JustNow = 0.05;
    private const double MissingUntil = 3;
    private const double NewUntil = 5;
    private const double LateSeenUntil = 4;

    public static OrderSummary Make(string kind, string id, DateTimeOffset now, SeededRandom random)
    {
        double Days(double from, double to) => from + (random.NextDouble() * (to - from));
        var lines = Enumerable.Range(0, 1 + random.Next(3))
            .Select(_ => random.Next(Products))
            .Select(p => new OrderLine($"p{p.ToString(CultureInfo.InvariantCulture)}", $"Product {p}", 1, PriceOf(p))).ToArray();
        var order = new OrderSummary(
            new OrderId(id), 1, now.AddDays(-Days(2, 6)), lines.Sum(l => l.UnitPrice), "USD", [.. lines], PaymentState.Paid, 0,
            Parcel: null, Refund: null, Cancelled: false);
        ParcelSummary Parcel(CheckpointStatus status, double promisedIn, double seenAgo, double? deliveredAgo = null) => new(
            "Carrier", $"T{id}", now.AddDays(promisedIn), now.AddDays(promisedIn), status, "hub", now.AddDays(-seenAgo),
            deliveredAgo is { } ago ? now.AddDays(-ago) : null);

        return kind switch
        {
            "just_placed" => order with
            {
                PlacedAt = now.AddDays(-Days(0.01, 1.4)),
                Parcel = random.Chance(0.5) ? Parcel(CheckpointStatus.None, Days(2, 5), 0.1) : null,
            },
            "on_way" => order with { Parcel = Parcel(random.Chance(0.2) ? CheckpointStatus.OutForDelivery : CheckpointStatus.InTransit, Days(0.1, 4), Days(0, 1.5)) },
            "late" => order with
            {
                PlacedAt = now.AddDays(-Days(5, 15)),
                Parcel = Parcel(random.Chance(0.2) ? CheckpointStatus.Exception : CheckpointStatus.InTransit, -Days(0.5, 6), Days(0, LateSeenUntil - 1)),
            },
            "lost" => order with { PlacedAt = now.AddDays(-Days(9, 20)), Parcel = Parcel(CheckpointStatus.InTransit, -Days(2, 9), Days(5.5, 11)) },
            "delivered_new" => Delivered(Days(JustNow, NewUntil)),
            "delivered_missing" => Delivered(Days(JustNow, MissingUntil)),
            "delivered_old" => Delivered(Days(6, 90)),
            "refund_wait" => Refunding(Days(1, 6), dueIn: Days(0.5, 7), paidAgo: null),
            "refund_overdue" => Refunding(Days(5, 20), dueIn: -Days(0.5, 6), paidAgo: null),
            "refunded" => Refunding(Days(7, 20), dueIn: -2, paidAgo: Days(0, 6)),
            "cancelled" => order with { Cancelled = true, Payment = PaymentState.Refunded },
            "payment_failed" => order with { PlacedAt = now.AddDays(-Days(0, 1)), Payment = PaymentState.Failed, PaymentFailures = 1 + random.Next(3) },
            _ => throw new ArgumentException($"simulator.json names an unknown order situation '{kind}'.", nameof(kind)),
        };

        OrderSummary Delivered(double ago) => order with
        {
            PlacedAt = now.AddDays(-ago - Days(2, 5)),
            Parcel = Parcel(CheckpointStatus.Delivered, -ago + Days(-1, 1), ago, ago),
        };

        OrderSummary Refunding(double requestedAgo, double dueIn, double? paidAgo) => Delivered(requestedAgo + 3) with
        {
            Payment = paidAgo is null ? PaymentState.RefundPending : PaymentState.Refunded,
            Refund = new(order.Total, now.AddDays(-requestedAgo), now.AddDays(dueIn), paidAgo is { } ago ? now.AddDays(-ago) : null),
        };
    }

    /// <summary>
    /// The situations that an order may be in by its looks, with weights: how often a situation happens, times how likely it is to look
    /// like this. Only a parcel that is said to have come and has not looks like one that has.
    /// </summary>
    public static IReadOnlyList<(string Kind, double Odds)> Odds(OrderSummary order, DateTimeOffset now, IReadOnlyDictionary<string, double> kinds)
    {
        var ago = order.Parcel?.DeliveredAt is { } delivered ? (now - delivered).TotalDays : 0;
        return order switch
        {
            { Cancelled: true } => [("cancelled", 1)],
            { Refund.PaidAt: not null } => [("refunded", 1)],
            { Refund: { DueAt: { } due } } => [(due < now ? "refund_overdue" : "refund_wait", 1)],
            { Payment: PaymentState.Failed } => [("payment_failed", 1)],
            { Parcel.DeliveredAt: not null } when ago > NewUntil => [("delivered_old", 1)],
            { Parcel.DeliveredAt: not null } when ago > MissingUntil => [("delivered_new", 1)],
            { Parcel.DeliveredAt: not null } =>
            [
                ("delivered_new", kinds.GetValueOrDefault("delivered_new") / (NewUntil - JustNow)),
                ("delivered_missing", kinds.GetValueOrDefault("delivered_missing") / (MissingUntil - JustNow)),
            ],
            { Parcel: null or { Status: CheckpointStatus.None } } => [("just_placed", 1)],
            { Parcel.PromisedAt: { } promised } when promised > now => [("on_way", 1)],
            _ => [((now - order.Parcel!.LastSeenAt!.Value).TotalDays > LateSeenUntil ? "lost" : "late", 1)],
        };
    }

    public static decimal PriceOf(int product) => 10 + (product * 7 % 190);

    public static decimal PriceOf(string product) => PriceOf(int.Parse(product.AsSpan(1), CultureInfo.InvariantCulture));
}
