using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Makes shoppers, what they do in the shop, and what they then ask. Deterministic by seed.</summary>
/// <remarks>
/// The generative process, once a shopper:
/// <list type="number">
/// <item>Tier, locale, whether signed in, and 0 to 6 orders are drawn; each order is in one situation (just placed, on its way,
/// late, lost, delivered, refund waiting or overdue, payment failed…) that fixes its dates and states.</item>
/// <item>All concerns that fit compete by weight, a concern about orders once for each fitting order, against having none.</item>
/// <item>The shopper wanders (home, categories, products), then walks one of the concern's paths with pages left out at random,
/// then may wander on. Pages carry the errors, subjects, prices and dwell times that the concern leaves behind. Shoppers
/// without concern only wander, and errors stray into their visits too.</item>
/// <item>A shopper with a concern asks with a fixed chance; one without asks a random question now and then. Many causes lead to
/// one question, and one path belongs to several questions: the model must weigh, not look up.</item>
/// </list>
/// Parameters: simulator.json. Real outcomes replace it as a shop collects them; the features stay the same.
/// </remarks>
internal sealed class ShopperSimulator(SimulatorSettings settings, ulong seed)
{
    private static readonly string[] Locales = ["en", "ko", "zh"];
    private static readonly PageType[] WanderPages =
        [PageType.Home, PageType.Category, PageType.Product, PageType.Product, PageType.Search, PageType.Promotion, PageType.Category, PageType.Cart, PageType.Orders];

    private readonly SeededRandom _random = new(seed);
    private int _number;

    public SimulatedQuestion Next()
    {
        var now = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(_random.Next(500_000));
        var orders = Enumerable.Range(0, Math.Min(6, Poisson(settings.OrdersMean)))
            .Select(_ => (Kind: Choose(settings.OrderKinds), Order: default(OrderSummary)))
            .Select(pair => (pair.Kind, Order: SimulatedOrders.Make(pair.Kind, $"{10_000 + _number++}", now, _random)))
            .OrderBy(pair => pair.Order.PlacedAt).ToList();
        var (concern, order) = ChooseConcern(orders);
        var journey = new SimulatedJourney(settings, _random, now);
        journey.Wander(Poisson(settings.WanderBefore) + (concern is null ? 1 : 0), WanderPages);
        if (concern is not null)
        {
            journey.Walk(concern.Paths[_random.Next(concern.Paths.Count)], order);
        }

        journey.Wander(Poisson(settings.WanderAfter), WanderPages);
        var (asked, about) = Ask(concern, order);
        return new(CustomerOf(orders.ConvertAll(o => o.Order), journey.Visits(), now), now, asked, about);
    }

    private (IntentId? Asked, OrderId? About) Ask(Concern? concern, OrderSummary? order)
    {
        if (concern is not null)
        {
            return _random.Chance(settings.Ask) ? (new IntentId(concern.Intent), order?.Id) : (null, null);
        }

        return _random.Chance(settings.AskWithoutCause)
            ? (QuestionLabels.All[_random.Next(QuestionLabels.All.Length)], null)
            : (null, null);
    }

    private CustomerState CustomerOf(List<OrderSummary> orders, ImmutableArray<PageVisit> visits, DateTimeOffset now) =>
        CustomerState.Unknown with
        {
            Tier = (CustomerTier)Math.Min(3, Poisson(0.5)),
            Locale = Locales[_random.Next(Locales.Length)],
            Identified = orders.Count > 0 || _random.Chance(0.3),
            FirstSeen = now.AddDays(-_random.Next(400)),
            Visits = visits,
            Orders = [.. orders],
            RecentTopics = _random.Chance(0.15) ? [QuestionLabels.All[_random.Next(QuestionLabels.All.Length)]] : [],
            OpenConversations = _random.Chance(0.05) ? [new(_number.ToString(CultureInfo.InvariantCulture))] : [],
        };

    private (Concern? Concern, OrderSummary? Order) ChooseConcern(List<(string Kind, OrderSummary Order)> orders)
    {
        var choices = new List<(Concern? Concern, OrderSummary? Order, double Weight)> { (null, null, settings.NoConcern) };
        foreach (var concern in settings.Concerns)
        {
            if (concern.About.Count == 0)
            {
                // A shopper has a hundred small wishes but one errand: wishes share the weight of one.
                choices.Add((concern, null, concern.Weight * 0.25));
            }

            foreach (var (kind, order) in orders.Where(o => concern.About.Contains(o.Kind, StringComparer.Ordinal)))
            {
                choices.Add((concern, order, concern.Weight));
            }
        }

        var pick = _random.NextDouble() * choices.Sum(c => c.Weight);
        foreach (var choice in choices)
        {
            pick -= choice.Weight;
            if (pick < 0)
            {
                return (choice.Concern, choice.Order);
            }
        }

        return (null, null);
    }

    private string Choose(IReadOnlyDictionary<string, double> weights)
    {
        var pick = _random.NextDouble() * weights.Values.Sum();
        foreach (var (name, weight) in weights)
        {
            pick -= weight;
            if (pick < 0)
            {
                return name;
            }
        }

        return weights.Keys.Last();
    }

    /// <summary>Knuth's method; means are small.</summary>
    private int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = _random.NextDouble(); product > limit; product *= _random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
