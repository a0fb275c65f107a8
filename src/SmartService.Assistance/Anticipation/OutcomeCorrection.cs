using SmartService.Domain;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Anticipation;

/// <summary>
/// What a tenant's own outcomes say about the shipped probabilities: one shift for all questions and a smaller one for each, in log-odds.
/// Without outcomes it changes nothing; each outcome moves it as far as the priors let it.
/// </summary>
/// <remarks>The most probable shifts under normal priors, by Newton's method one coordinate at a time: Bishop, <i>Pattern Recognition and
/// Machine Learning</i> (2006), sections 4.3 and 4.5. The outcomes are those of offers; an offer's chance of being made hangs on its
/// probability only, which the correction is given, so it needs no weights.</remarks>
internal sealed class OutcomeCorrection
{
    private const double SharedVariance = 1;
    private const double OwnVariance = 0.5;
    private const double Edge = 1e-4;
    private const int Rounds = 20;

    private readonly double _shared;
    private readonly Dictionary<IntentId, double> _own;

    private OutcomeCorrection(double shared, Dictionary<IntentId, double> own) => (_shared, _own) = (shared, own);

    public static OutcomeCorrection None { get; } = new(0, []);

    public static OutcomeCorrection Learn(IReadOnlyList<PopupResult> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return None;
        }

        var odds = outcomes.Select(outcome => LogOdds(outcome.Probability)).ToArray();
        var topics = outcomes.Select((outcome, i) => (outcome.Topic, i)).ToLookup(pair => pair.Topic, pair => pair.i);
        var own = topics.ToDictionary(topic => topic.Key, _ => 0.0);
        var shared = 0.0;
        var all = Enumerable.Range(0, outcomes.Count).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            shared += Step(all, i => odds[i] + shared + own[outcomes[i].Topic], shared, SharedVariance);
            foreach (var topic in topics)
            {
                own[topic.Key] += Step(topic, i => odds[i] + shared + own[topic.Key], own[topic.Key], OwnVariance);
            }
        }

        return new(shared, own);

        double Step(IEnumerable<int> members, Func<int, double> score, double value, double variance)
        {
            var (slope, curve) = (-value / variance, 1 / variance);
            foreach (var i in members)
            {
                var p = Chance(score(i));
                slope += (outcomes[i].Right ? 1 : 0) - p;
                curve += p * (1 - p);
            }

            // Where the curve is flat a whole step of Newton's would fly over the top and never come back.
            return Math.Clamp(slope / curve, -1, 1);
        }
    }

    public double Correct(IntentId intent, double probability) =>
        this == None || probability <= 0 ? probability : Chance(LogOdds(probability) + _shared + _own.GetValueOrDefault(intent));

    /// <summary>The scores corrected and in order anew; they still sum to at most 1.</summary>
    public IReadOnlyList<IntentScore> Correct(IReadOnlyList<IntentScore> ranked)
    {
        if (this == None)
        {
            return ranked;
        }

        var corrected = ranked.Select(score => score with { Probability = (float)Correct(score.Intent, score.Probability) }).ToArray();
        var sum = corrected.Sum(score => score.Probability);
        return
        [
            .. corrected.Select(score => sum > 1 ? score with { Probability = score.Probability / sum } : score)
                .OrderByDescending(score => score.Probability),
        ];
    }

    private static double LogOdds(double probability)
    {
        var inside = Math.Clamp(probability, Edge, 1 - Edge);
        return Math.Log(inside / (1 - inside));
    }

    private static double Chance(double odds) => 1 / (1 + Math.Exp(-odds));
}
