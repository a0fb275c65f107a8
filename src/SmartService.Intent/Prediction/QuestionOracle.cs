using SmartService.Domain;
using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>
/// What a reader of the simulator's parameters can know at best: the exact probability of each question, given what is plain to see
/// of a simulated shopper. No model can rank better on average; what it misses is chance.
/// </summary>
/// <remarks>
/// Bayes' rule over everything hidden: the situations of orders that look alike, the concern and its order, the path and which of its
/// pages were left out (<see cref="JourneyLikelihood"/>), and whether the shopper asks. It sees nothing that the predictor does not
/// see; it only knows the parameters.
/// </remarks>
internal sealed class QuestionOracle(SimulatorSettings settings)
{
    /// <returns>One probability a question, in the order of <see cref="QuestionLabels.All"/>, and "asks nothing" last; they sum to 1.</returns>
    public double[] Posterior(SimulatedQuestion shopper)
    {
        var (customer, now, campaign) = (shopper.Customer, shopper.Now, Campaigns.AtRetail(shopper.Now).IsOn);
        var day = settings.Day(campaign);
        var traits = new ShopperTraits(campaign, customer.Tier, customer.RecentTopics);
        var journey = new JourneyLikelihood(day, customer.Visits);
        var kinds = customer.Orders.Select(order => SimulatedOrders.Odds(order, now, day.OrderKinds)).ToArray();
        var posterior = new double[QuestionLabels.Count];
        var likelihoods = new Dictionary<(Concern, int), double>();
        foreach (var (situation, odds) in Situations(kinds))
        {
            Add(posterior, customer, situation, odds);
        }

        var sum = posterior.Sum();
        return [.. posterior.Select(p => p / sum)];

        void Add(double[] into, CustomerState state, string[] situation, double odds)
        {
            var choices = ShopperSimulator.Choices(settings, day, traits, state.Orders, situation);
            var weights = choices.Sum(choice => choice.Weight);
            foreach (var (concern, order, weight) in choices)
            {
                var prior = odds * weight / weights;
                if (concern is null)
                {
                    AddWithout(into, prior * journey.WithoutConcern(), day);
                    continue;
                }

                if (!likelihoods.TryGetValue((concern, order), out var likelihood))
                {
                    likelihoods[(concern, order)] = likelihood = journey.With(concern, order < 0 ? null : state.Orders[order]);
                }

                var ask = concern.Ask ?? day.Ask;
                into[QuestionLabels.All.IndexOf(new IntentId(concern.Intent))] += prior * likelihood * ask;
                into[QuestionLabels.Nothing] += prior * likelihood * (1 - ask);
            }
        }
    }

    private static void AddWithout(double[] into, double mass, SimulatorDay day)
    {
        for (var label = 0; label < QuestionLabels.Nothing; label++)
        {
            into[label] += mass * day.AskWithoutCause / QuestionLabels.Nothing;
        }

        into[QuestionLabels.Nothing] += mass * (1 - day.AskWithoutCause);
    }

    /// <summary>All ways the orders may truly stand, with their odds.</summary>
    private static IEnumerable<(string[] Kinds, double Odds)> Situations(IReadOnlyList<(string Kind, double Odds)>[] kinds)
    {
        IEnumerable<(string[] Kinds, double Odds)> all = [([], 1.0)];
        foreach (var order in kinds)
        {
            all = all.SelectMany(known => order.Select(kind => ((string[])[.. known.Kinds, kind.Kind], known.Odds * kind.Odds)));
        }

        return all;
    }
}
