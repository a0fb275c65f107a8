using System.Collections.Immutable;
using SmartService.Domain.Popups;
using static SmartService.Domain.Customers.CustomerCommand;
using static SmartService.Domain.Customers.CustomerEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Customers.CustomerEvent, SmartService.Domain.Customers.CustomerRefusal>;

namespace SmartService.Domain.Customers;

/// <summary>Rules for one customer. Visits and order summaries come late, twice and in any order; the state does not care.</summary>
public sealed partial class CustomerDecider : IDecider<CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>
{
    private const int KeptForecast = 10;

    private CustomerDecider()
    {
    }

    public static CustomerState Initial => CustomerState.Unknown;

    public static Decision Decide(CustomerState state, CustomerCommand command) => (state, command) switch
    {
        ({ IsErased: true }, Erase) => Decision.Unchanged,
        ({ IsErased: true }, _) => CustomerRefusal.Erased,
        (_, RecordVisits c) => DecideVisits(state, c),
        (_, NoteOrder c) => DecideOrder(state, c),
        (_, NoteForecast c) => DecideForecast(state, c),
        (_, OfferHelp c) => DecideHelp(state, c),
        (_, ReportPopup c) => DecideReport(state, c),
        (_, ChooseSuggestion c) => DecideChoice(state, c),
        (_, NoteConversation c) => DecideConversation(state, c),
        (_, Describe c) => DecideDescription(state, c),
        (_, Adopt c) => DecideAdoption(state, c),
        (_, Erase c) => new Erased(c.At), // Also for one never seen: late reports must not bring the person back.
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    private static Decision DecideVisits(CustomerState state, RecordVisits c)
    {
        var reports = c.Visits.OrEmpty();
        if (Fault(reports) is { } refusal)
        {
            return refusal;
        }

        if (reports.Length == 1)
        {
            return VisitRing.Change(state.Visits, reports[0]) is { } visit ? new Visited(visit, c.At) : Decision.Unchanged;
        }

        var ring = state.Visits;
        var events = ImmutableArray.CreateBuilder<CustomerEvent>(reports.Length);
        foreach (var report in reports)
        {
            if (VisitRing.Change(ring, report) is { } visit)
            {
                ring = VisitRing.With(ring, visit);
                events.Add(new Visited(visit, c.At));
            }
        }

        return events.DrainToImmutable();
    }

    private static CustomerRefusal? Fault(ImmutableArray<PageVisit> reports)
    {
        if (reports.Length > CustomerState.VisitRing)
        {
            return CustomerRefusal.TooManyVisits;
        }

        foreach (var report in reports)
        {
            if (string.IsNullOrEmpty(report.Id) || string.IsNullOrEmpty(report.Session))
            {
                return CustomerRefusal.Incomplete;
            }
        }

        return null;
    }

    private static Decision DecideOrder(CustomerState state, NoteOrder c)
    {
        if (string.IsNullOrEmpty(c.Order.Id.Value))
        {
            return CustomerRefusal.Incomplete;
        }

        return OrderShelf.IsNews(state, c.Order) ? new OrderNoted(c.Order, c.At) : Decision.Unchanged;
    }

    private static Decision DecideForecast(CustomerState state, NoteForecast c)
    {
        var ranked = c.Ranked.OrEmpty();
        if (SameTopThree(state.Forecast, ranked) && c.Order == state.ForecastOrder && c.Product == state.ForecastProduct)
        {
            return Decision.Unchanged;
        }

        var kept = ranked.Length > KeptForecast ? ranked[..KeptForecast] : ranked;
        return new ForecastMade(kept, c.Order, c.Product, c.Model, c.At);
    }

    private static bool SameTopThree(ImmutableArray<IntentScore> one, ImmutableArray<IntentScore> other)
    {
        var top = Math.Min(3, one.Length);
        if (top != Math.Min(3, other.Length))
        {
            return false;
        }

        for (var i = 0; i < top; i++)
        {
            if (one[i].Intent != other[i].Intent)
            {
                return false;
            }
        }

        return true;
    }

    private static Decision DecideDescription(CustomerState state, Describe c)
    {
        var known = (c.Name is null || c.Name == state.Name)
            && (c.Tier is null || c.Tier == state.Tier)
            && (c.Locale is null || c.Locale == state.Locale)
            && (!c.Identified || state.Identified);
        return known ? Decision.Unchanged : new Described(c.Name, c.Tier, c.Locale, c.Identified, c.At);
    }

    private static Decision DecideAdoption(CustomerState state, Adopt c)
    {
        var visits = c.Visits.OrEmpty();
        if (Fault(visits) is { } refusal)
        {
            return refusal;
        }

        var adopted = new Adopted(c.Anonymous, visits, c.Popups.OrEmpty(), c.At);
        var next = ApplyAdopted(state, adopted);
        var same = next.Visits == state.Visits && next.Popups == state.Popups && next.ClosedTopics == state.ClosedTopics;
        return same ? Decision.Unchanged : adopted;
    }
}
