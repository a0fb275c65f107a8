using SmartService.Domain.Orders;

namespace SmartService.Gateway.Merchants;

internal static class OrderViews
{
    /// <summary>A placed order as callers see it, with what follows from it now.</summary>
    public static OrderView ToView(this OrderState s, string number, DateTimeOffset now)
    {
        var summary = OrderSummaries.From(new(number), s);
        var parcel = summary.Parcel is { } p
            ? new ParcelView(
                p.Carrier, p.Number, p.Status, p.PromisedAt, p.Eta, p.DeliveredAt, p.ReportedMissing,
                [.. s.Checkpoints.Select(c => new CheckpointView(c.Id, c.At, c.Status, c.Place, c.Note, c.Eta))])
            : null;
        var refund = summary.Refund is { } r ? new RefundView(r.Amount, r.RequestedAt, r.DueAt, r.PaidAt) : null;
        return new(
            number, s.Customer!.Value.Value, s.Version, s.PlacedAt,
            [.. s.Lines.Select(l => new LineView(l.Product, l.Name, l.Quantity, l.UnitPrice, l.Options))],
            s.Total, s.Currency, s.Payment, s.PaymentMethod, s.PaymentFailures, parcel, refund, s.Cancelled, s.IsLate(now), s.LooksLost(now));
    }
}
