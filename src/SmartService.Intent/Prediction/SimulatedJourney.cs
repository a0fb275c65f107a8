using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain.Customers;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Page visits of one shopper, in order; times are given at the end so that the last page is the newest.</summary>
internal sealed class SimulatedJourney(SimulatorSettings settings, SeededRandom random, DateTimeOffset now)
{
    private readonly List<PageVisit> _visits = [];

    public void Wander(int pages, PageType[] among)
    {
        for (var i = 0; i < pages; i++)
        {
            var page = among[random.Next(among.Length)];
            var error = random.Chance(settings.StrayError) && page is PageType.Cart ? PageError.CouponRejected : PageError.None;
            Add(page, page switch { PageType.Product => AnyProduct(), PageType.Category => "all", PageType.Search => "words", _ => null }, error);
        }
    }

    public void Walk(string path, OrderSummary? order)
    {
        foreach (var step in path.Split(' '))
        {
            // Errors and prices are the cause itself; only plain pages may be left out.
            var essential = step.IndexOfAny(['!', '$', '^']) >= 0;
            if (essential || !random.Chance(settings.SkipPage))
            {
                Take(step, order);
            }
        }

        if (_visits.Count == 0)
        {
            Add(PageType.Home, null);
        }
    }

    public ImmutableArray<PageVisit> Visits()
    {
        var at = now.AddSeconds(-1 - random.Next(20));
        for (var i = _visits.Count - 1; i >= 0; i--)
        {
            _visits[i] = _visits[i] with { At = at };
            at = at.AddSeconds(-5 - (i > 0 ? _visits[i - 1].DwellSeconds : 0));
        }

        return [.. _visits.TakeLast(CustomerState.VisitRing)];
    }

    private void Take(string step, OrderSummary? order)
    {
        var end = step.IndexOfAny(['@', ':', '!', '^', '~', '$']);
        var page = Enum.Parse<PageType>(end < 0 ? step : step[..end]);
        var marks = end < 0 ? "" : step[end..];
        if (marks.Contains('^', StringComparison.Ordinal))
        {
            BackAndForth();
            return;
        }

        var subject = SubjectOf(page, marks, order, out var price);
        Add(page, subject, ErrorOf(marks), price, marks.Contains('~', StringComparison.Ordinal) ? 60 + random.Next(120) : null);
    }

    private string? SubjectOf(PageType page, string marks, OrderSummary? order, out decimal? price)
    {
        price = null;
        if (marks.StartsWith(':'))
        {
            return marks[1..];
        }

        if (page == PageType.Product)
        {
            if (marks.StartsWith('@') && order is not null)
            {
                var line = order.Lines[random.Next(order.Lines.Length)];
                price = marks.Contains('$', StringComparison.Ordinal) ? line.UnitPrice * (decimal)(0.6 + (0.35 * random.NextDouble())) : line.UnitPrice;
                return line.Product;
            }

            return AnyProduct();
        }

        // Half of the shops put the parcel's number on the tracking page, half the order's.
        return marks.StartsWith('@') && order is not null
            ? page == PageType.Tracking && random.Chance(0.5) ? order.Parcel?.Number ?? order.Id.Value : order.Id.Value
            : null;
    }

    private static PageError ErrorOf(string marks) => marks switch
    {
        _ when marks.Contains("!declined", StringComparison.Ordinal) => PageError.PaymentDeclined,
        _ when marks.Contains("!coupon", StringComparison.Ordinal) => PageError.CouponRejected,
        _ when marks.Contains("!stock", StringComparison.Ordinal) => PageError.OutOfStock,
        _ when marks.Contains("!address", StringComparison.Ordinal) => PageError.AddressRejected,
        _ => PageError.None,
    };

    private void BackAndForth()
    {
        var (first, second) = (AnyProduct(), AnyProduct());
        var turns = 3 + random.Next(3);
        for (var i = 0; i < turns; i++)
        {
            Add(PageType.Product, i % 2 == 0 ? first : second, dwell: 15 + random.Next(70));
        }
    }

    private string AnyProduct() => $"p{random.Next(SimulatedOrders.Products).ToString(CultureInfo.InvariantCulture)}";

    private void Add(PageType page, string? subject, PageError error = PageError.None, decimal? price = null, int? dwell = null)
    {
        if (page == PageType.Product && price is null && subject is not null)
        {
            price = SimulatedOrders.PriceOf(int.Parse(subject.AsSpan(1), CultureInfo.InvariantCulture));
        }

        _visits.Add(new(
            $"v{_visits.Count}", "s", now, page, subject, dwell ?? (int)Math.Min(240, -15 * Math.Log(1 - random.NextDouble())), price, Error: error));
    }
}
