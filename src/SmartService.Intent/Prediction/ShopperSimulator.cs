using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Makes shoppers, what they do in the shop, and what they then ask. Deterministic by seed.</summary>
/// <remarks>
/// The generative process, once a shopper (docs/understanding.md, "Prediction", draws it):
/// <list type="number">
/// <item>A time is drawn from the period; whether it is a campaign's day decides which of two sets of habits holds.</item>
/// <item>Tier, locale, topics asked lately and 0 to 6 orders are drawn; each order is in one situation (just placed, on its way,
/// late, lost, delivered, refund waiting or overdue, payment failed…) that fixes its dates and states. Some situations look alike.</item>
/// <item>All concerns that fit compete by weight, a concern about orders once for each fitting order, against having none. Campaigns,
/// tier, the order's amount and what was asked before move the weights.</item>
/// <item>The shopper wanders, then walks one of the concern's paths, with pages left out and strays between at random, then may
/// wander on. Pages carry the errors, subjects, prices and dwell times that the concern leaves behind. Shoppers without concern only
/// wander; rejected coupons, lower prices and policy pages stray into anybody's visits too.</item>
/// <item>A shopper with a concern asks with its chance; one without asks a random question now and then.</item>
/// </list>
/// Many causes lead to one question, and one path belongs to several questions: the model must weigh, not look up.
/// Parameters: simulator.json. Real outcomes replace it as a shop collects them; the features stay the same.
/// </remarks>
internal sealed class ShopperSimulator(SimulatorSettings settings, ulong seed, SimulatedPeriod? period = null)
{
    private const int MostOrders = 6;
    private static readonly string[] Locales = ["en", "ko", "zh"];
    private readonly SeededRandom _random = new(seed);
    private readonly SimulatedPeriod _period = period ?? SimulatedPeriod.Training;
    private int _number;

    /// <summary>What a shopper may have in mind, with weights; the order by its place, -1 for none.</summary>
    public static List<(Concern? Concern, int Order, double Weight)> Choices(
        SimulatorSettings settings, SimulatorDay day, ShopperTraits traits, IReadOnlyList<OrderSummary> orders, IReadOnlyList<string> kinds)
    {
        var choices = new List<(Concern?, int, double)> { (null, -1, day.NoConcern) };
        foreach (var concern in settings.Concerns)
        {
            if (concern.About.Count == 0)
            {
                choices.Add((concern, -1, concern.WeightFor(traits, null, settings.Wishes)));
                continue;
            }

            for (var i = 0; i < orders.Count; i++)
            {
                if (concern.About.Contains(kinds[i], StringComparer.Ordinal))
                {
                    choices.Add((concern, i, concern.WeightFor(traits, orders[i].Total, settings.Wishes)));
                }
            }
        }

        return choices;
    }

    public SimulatedQuestion Next()
    {
        var now = _period.Draw(_random);
        var campaign = Campaigns.AtRetail(now).IsOn;
        var day = settings.Day(campaign);
        var orders = Enumerable.Range(0, Math.Min(MostOrders, Choice.Poisson(day.OrdersMean, _random)))
            .Select(_ => Choice.Of(day.OrderKinds, _random))
            .Select(kind => (Kind: kind, Order: SimulatedOrders.Make(kind, $"{10_000 + _number++}", now, _random)))
            .OrderBy(pair => pair.Order.PlacedAt).ToArray();
        var summaries = orders.Select(o => o.Order).ToImmutableArray();
        var customer = CustomerOf(summaries, now);
        var traits = new ShopperTraits(campaign, customer.Tier, customer.RecentTopics);
        var (concern, order) = Pick(Choices(settings, day, traits, summaries, [.. orders.Select(o => o.Kind)]));
        var about = order < 0 ? null : summaries[order];
        var journey = new SimulatedJourney(day, _random, now);
        journey.Wander(Choice.Poisson(day.WanderBefore, _random) + (concern is null ? 1 : 0));
        if (concern is not null)
        {
            journey.Walk(concern.Steps[_random.Next(concern.Steps.Count)], about);
        }

        journey.Wander(Choice.Poisson(day.WanderAfter, _random));
        var asked = Ask(concern, day);
        return new(customer with { Visits = journey.Visits() }, now, asked, asked is null ? null : about?.Id);
    }

    private IntentId? Ask(Concern? concern, SimulatorDay day)
    {
        if (concern is not null)
        {
            return _random.Chance(concern.Ask ?? day.Ask) ? new IntentId(concern.Intent) : null;
        }

        return _random.Chance(day.AskWithoutCause) ? QuestionLabels.All[_random.Next(QuestionLabels.All.Length)] : null;
    }

    private CustomerState CustomerOf(ImmutableArray<OrderSummary> orders, DateTimeOffset now) => CustomerState.Unknown with
    {
        Tier = (CustomerTier)Math.Min(3, Choice.Poisson(0.5, _random)),
        Locale = Locales[_random.Next(Locales.Length)],
        Identified = orders.Length > 0 || _random.Chance(0.3),
        FirstSeen = now.AddDays(-_random.Next(400)),
        Orders = orders,
        RecentTopics = _random.Chance(0.2) ? [QuestionLabels.All[_random.Next(QuestionLabels.All.Length)]] : [],
        OpenConversations = _random.Chance(0.05) ? [new(_number.ToString(CultureInfo.InvariantCulture))] : [],
    };

    private (Concern? Concern, int Order) Pick(List<(Concern? Concern, int Order, double Weight)> choices)
    {
        var pick = _random.NextDouble() * choices.Sum(c => c.Weight);
        foreach (var (concern, order, weight) in choices)
        {
            pick -= weight;
            if (pick < 0)
            {
                return (concern, order);
            }
        }

        return (null, -1);
    }
}
