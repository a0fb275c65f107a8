using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain.Customers;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Page visits of one shopper, in order; times are given at the end so that the last page is the newest.</summary>
/// <remarks>What is drawn here, <see cref="JourneyLikelihood"/> weighs: a change of one is a change of both.</remarks>
internal sealed class SimulatedJourney(SimulatorDay day, SeededRandom random, DateTimeOffset now)
{
    public const int MostSeconds = 240;
    public const int LongFrom = 60;
    public const int LongSpread = 120;
    public const int TurnsFrom = 3;
    public const int TurnsSpread = 3;
    public const int ComparingFrom = 15;
    public const int ComparingSpread = 70;
    public const double CheapestShare = 0.6;
    public const double PriceSpread = 0.35;

    /// <summary>What policy and help pages are about that a wandering shopper reads.</summary>
    public static readonly string[] StraySubjects =
        ["delivery", "return", "refund", "size", "payment", "points", "warranty", "coupon", "price", "account"];

    private readonly List<PageVisit> _visits = [];

    public void Wander(int pages)
    {
        for (var i = 0; i < pages; i++)
        {
            var page = Choice.Of(day.Wander, random);
            var error = page is PageType.Cart && random.Chance(day.StrayError) ? PageError.CouponRejected : PageError.None;
            var subject = page switch
            {
                PageType.Product => AnyProduct(),
                PageType.Category => "all",
                PageType.Search => "words",
                PageType.Policy or PageType.Help => StraySubjects[random.Next(StraySubjects.Length)],
                _ => null,
            };
            Add(page, subject, error, ListPrice(page, subject), Seconds(day.WanderSeconds));
        }
    }

    public void Walk(IReadOnlyList<PathStep> path, OrderSummary? order)
    {
        for (var i = 0; i < path.Count; i++)
        {
            if (path[i].IsEssential || !random.Chance(day.SkipPage))
            {
                Take(path[i], order);
            }

            if (i + 1 < path.Count && random.Chance(day.WanderBetween))
            {
                Wander(1);
            }
        }

        if (_visits.Count == 0)
        {
            Add(PageType.Home, null, PageError.None, null, Seconds(day.PathSeconds));
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

    private void Take(PathStep step, OrderSummary? order)
    {
        if (step.BackAndForth)
        {
            BackAndForth();
            return;
        }

        var subject = step.Subject;
        var price = default(decimal?);
        if (step.Page == PageType.Product)
        {
            var line = step.OfOrder && order is not null ? order.Lines[random.Next(order.Lines.Length)] : null;
            subject = line?.Product ?? AnyProduct();
            price = step.LowerPrice && line is not null ? Lower(line.UnitPrice) : ListPrice(step.Page, subject);
        }
        else if (step.OfOrder && order is not null)
        {
            // Half of the shops put the parcel's number on the tracking page, half the order's.
            subject = step.Page == PageType.Tracking && random.Chance(0.5) ? order.Parcel?.Number ?? order.Id.Value : order.Id.Value;
        }

        Add(step.Page, subject, step.Error, price, step.LongLook ? LongFrom + random.Next(LongSpread) : Seconds(day.PathSeconds));
    }

    private void BackAndForth()
    {
        var (first, second) = (AnyProduct(), AnyProduct());
        var turns = TurnsFrom + random.Next(TurnsSpread);
        for (var i = 0; i < turns; i++)
        {
            var product = i % 2 == 0 ? first : second;
            Add(PageType.Product, product, PageError.None, ListPrice(PageType.Product, product), ComparingFrom + random.Next(ComparingSpread));
        }
    }

    private int Seconds(double mean) => (int)Math.Min(MostSeconds, -mean * Math.Log(1 - random.NextDouble()));

    private string AnyProduct() => $"p{random.Next(SimulatedOrders.Products).ToString(CultureInfo.InvariantCulture)}";

    private decimal? ListPrice(PageType page, string? product)
    {
        if (page != PageType.Product || product is null)
        {
            return null;
        }

        var usual = SimulatedOrders.PriceOf(product);
        return random.Chance(day.Discount) ? Lower(usual) : usual;
    }

    private decimal Lower(decimal price) => price * (decimal)(CheapestShare + (PriceSpread * random.NextDouble()));

    private void Add(PageType page, string? subject, PageError error, decimal? price, int seconds) =>
        _visits.Add(new($"v{_visits.Count}", "s", now, page, subject, seconds, price, Error: error));
}
