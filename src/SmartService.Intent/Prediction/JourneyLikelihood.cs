using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>How likely a visit history is, given what the shopper had in mind: exact, by the forward algorithm.</summary>
/// <remarks>
/// The hidden part of a journey is which page belongs to wandering and which to the path. Summing over all ways is Rabiner,
/// <i>A Tutorial on Hidden Markov Models</i> (1989), section III.A. Prices below the usual are continuous, so their factors are
/// densities; every explanation of such a page has one such factor, so the ratios between explanations are right.
/// </remarks>
internal sealed class JourneyLikelihood
{
    private readonly SimulatorDay _day;
    private readonly IReadOnlyList<PageVisit> _visits;
    private readonly double[] _stray;
    private readonly double _wanderWeights;

    public JourneyLikelihood(SimulatorDay day, IReadOnlyList<PageVisit> visits)
    {
        (_day, _visits, _wanderWeights) = (day, visits, day.Wander.Values.Sum());
        _stray = [.. visits.Select(Stray)];
    }

    /// <summary>Without anything in mind: only wandering, at least one page.</summary>
    public double WithoutConcern() =>
        _visits.Count == 0 ? 0 : Poisson(_visits.Count - 1, _day.WanderBefore + _day.WanderAfter) * _stray.Aggregate(1.0, (p, s) => p * s);

    /// <summary>With a concern: the mean over its paths.</summary>
    public double With(Concern concern, OrderSummary? order) => concern.Steps.Average(path => With(path, order));

    private double With(IReadOnlyList<PathStep> path, OrderSummary? order)
    {
        // reach[i]: the chance that the pages 0 to i - 1 are what the journey has shown so far.
        var reach = new double[_visits.Count + 1];
        reach[0] = 1;
        var strays = 1.0;
        for (var i = 0; i <= _visits.Count; i++)
        {
            reach[i] = Poisson(i, _day.WanderBefore) * strays;
            strays *= i < _visits.Count ? _stray[i] : 0;
        }

        for (var k = 0; k < path.Count; k++)
        {
            reach = Step(reach, path[k], order);
            reach = k + 1 < path.Count ? Between(reach) : reach;
        }

        // A journey that left out all its pages shows the home page.
        if (_visits.Count > 0 && _visits[0] is { Page: PageType.Home, Subject: null, Price: null, Error: PageError.None } home)
        {
            reach[1] += reach[0] * Seconds(home.DwellSeconds, _day.PathSeconds);
        }

        reach[0] = 0;
        return After(reach);
    }

    private double[] Step(double[] reach, PathStep step, OrderSummary? order)
    {
        var next = new double[reach.Length];
        for (var i = 0; i < reach.Length; i++)
        {
            if (reach[i] == 0)
            {
                continue;
            }

            var taken = step.IsEssential ? 1 : 1 - _day.SkipPage;
            next[i] += reach[i] * (1 - taken);
            if (step.BackAndForth)
            {
                for (var turns = SimulatedJourney.TurnsFrom; turns < SimulatedJourney.TurnsFrom + SimulatedJourney.TurnsSpread; turns++)
                {
                    if (i + turns < reach.Length)
                    {
                        next[i + turns] += reach[i] * Comparing(i, turns) / SimulatedJourney.TurnsSpread;
                    }
                }
            }
            else if (i + 1 < reach.Length)
            {
                next[i + 1] += reach[i] * taken * OnPath(_visits[i], step, order);
            }
        }

        return next;
    }

    private double[] Between(double[] reach)
    {
        var next = new double[reach.Length];
        for (var i = 0; i < reach.Length; i++)
        {
            next[i] += reach[i] * (1 - _day.WanderBetween);
            if (i + 1 < reach.Length)
            {
                next[i + 1] += reach[i] * _day.WanderBetween * _stray[i];
            }
        }

        return next;
    }

    private double After(double[] reach)
    {
        var (sum, strays) = (0.0, 1.0);
        for (var i = _visits.Count; i >= 0; i--)
        {
            sum += reach[i] * strays * Poisson(_visits.Count - i, _day.WanderAfter);
            strays *= i > 0 ? _stray[i - 1] : 1;
        }

        return sum;
    }

    private double Stray(PageVisit visit)
    {
        if (!_day.Wander.TryGetValue(visit.Page, out var weight))
        {
            return 0;
        }

        var subject = visit.Page switch
        {
            PageType.Product => Price(visit) / SimulatedOrders.Products,
            PageType.Category => visit.Subject == "all" ? 1 : 0,
            PageType.Search => visit.Subject == "words" ? 1 : 0,
            PageType.Policy or PageType.Help => SimulatedJourney.StraySubjects.Contains(visit.Subject, StringComparer.Ordinal)
                ? 1.0 / SimulatedJourney.StraySubjects.Length : 0,
            _ => visit.Subject is null ? 1 : 0,
        };
        var error = (visit.Page, visit.Error) switch
        {
            (PageType.Cart, PageError.CouponRejected) => _day.StrayError,
            (PageType.Cart, PageError.None) => 1 - _day.StrayError,
            (_, PageError.None) => 1,
            _ => 0,
        };
        return weight / _wanderWeights * subject * error * Seconds(visit.DwellSeconds, _day.WanderSeconds);
    }

    private double OnPath(PageVisit visit, PathStep step, OrderSummary? order)
    {
        if (visit.Page != step.Page || visit.Error != step.Error)
        {
            return 0;
        }

        var dwell = step.LongLook
            ? Uniform(visit.DwellSeconds, SimulatedJourney.LongFrom, SimulatedJourney.LongSpread)
            : Seconds(visit.DwellSeconds, _day.PathSeconds);
        return dwell * Subject(visit, step, order);
    }

    private double Subject(PageVisit visit, PathStep step, OrderSummary? order)
    {
        if (step.Page == PageType.Product)
        {
            return step.OfOrder && order is not null
                ? order.Lines.Where(line => line.Product == visit.Subject).Sum(line => step.LowerPrice ? Lower(visit.Price, line.UnitPrice) : Price(visit)) / order.Lines.Length
                : Price(visit) / SimulatedOrders.Products;
        }

        if (!step.OfOrder || order is null)
        {
            return visit.Subject == step.Subject ? 1 : 0;
        }

        var byOrder = visit.Subject == order.Id.Value ? 1.0 : 0;
        var byParcel = visit.Subject == (order.Parcel?.Number ?? order.Id.Value) ? 1.0 : 0;
        return step.Page == PageType.Tracking ? (byOrder + byParcel) / 2 : byOrder;
    }

    private double Comparing(int start, int turns)
    {
        var likelihood = 1.0 / (SimulatedOrders.Products * SimulatedOrders.Products);
        for (var i = 0; i < turns; i++)
        {
            var visit = _visits[start + i];
            if (visit.Page != PageType.Product || visit.Error != PageError.None || visit.Subject != _visits[start + (i % 2)].Subject)
            {
                return 0;
            }

            likelihood *= Price(visit) * Uniform(visit.DwellSeconds, SimulatedJourney.ComparingFrom, SimulatedJourney.ComparingSpread);
        }

        return likelihood;
    }

    /// <summary>Of a product's price for anybody: the usual one, or one lowered.</summary>
    private double Price(PageVisit visit)
    {
        if (visit.Subject is null || visit.Price is null)
        {
            return 0;
        }

        var usual = SimulatedOrders.PriceOf(visit.Subject);
        return visit.Price == usual ? 1 - _day.Discount : _day.Discount * Lower(visit.Price, usual);
    }

    private static double Lower(decimal? price, decimal usual)
    {
        var share = price is { } shown ? (double)(shown / usual) : 0;
        return share is >= SimulatedJourney.CheapestShare and < SimulatedJourney.CheapestShare + SimulatedJourney.PriceSpread
            ? 1 / (SimulatedJourney.PriceSpread * (double)usual)
            : 0;
    }

    /// <summary>An exponential time cut to whole seconds, and to the most there is.</summary>
    private static double Seconds(int seconds, double mean) => seconds switch
    {
        < 0 or > SimulatedJourney.MostSeconds => 0,
        SimulatedJourney.MostSeconds => Math.Exp(-seconds / mean),
        _ => Math.Exp(-seconds / mean) - Math.Exp(-(seconds + 1) / mean),
    };

    private static double Uniform(int value, int from, int spread) => value >= from && value < from + spread ? 1.0 / spread : 0;

    private static double Poisson(int count, double mean)
    {
        var p = Math.Exp(-mean);
        for (var i = 1; i <= count; i++)
        {
            p *= mean / i;
        }

        return p;
    }
}
