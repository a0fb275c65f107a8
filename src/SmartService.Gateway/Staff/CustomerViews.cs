using SmartService.Domain.Customers;

namespace SmartService.Gateway.Staff;

internal static class CustomerViews
{
    public static CustomerView ToView(this CustomerState s, string id, DateTimeOffset now) => new(
        id, s.Name, s.Tier, s.Locale, s.Identified, s.IsErased, s.FirstSeen,
        [.. s.Visits.Select(v => new VisitView(
            v.Id, v.Session, v.At, v.Page, v.Subject, v.DwellSeconds, v.Price, v.Referrer, v.Error == PageError.None ? null : v.Error))],
        [.. s.Orders.Select(o => new OrderSummaryView(o.Id.Value, o.PlacedAt, o.Total, o.Currency, o.IsLate(now), o.LooksLost(now), o.Cancelled))],
        s.OlderOrders,
        [.. s.OpenConversations.Select(c => c.Value)],
        [.. s.Popups.Select(p => new PopupView(p.Id.Value, p.Topic.Value, p.Order?.Value, p.At, p.Outcome, p.Withheld))],
        [.. s.ClosedTopics.Select(t => t.Value)],
        [.. s.Forecast.Select(f => new IntentView(f.Intent.Value, f.Probability))],
        s.ForecastOrder?.Value, s.ForecastProduct);
}
