using NBomber.Contracts;
using NBomber.CSharp;
using SmartService.Drills;
using SmartService.Drills.Shoppers;

namespace SmartService.LoadTests;

/// <summary>Those of a drill's objectives that NBomber can judge; what is kept is judged by reading back.</summary>
internal static class Thresholds
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(10);

    /// <summary>What the drill's file does not ask for has a limit that nothing misses.</summary>
    public static ScenarioProps WithObjectives(this ScenarioProps scenario, IReadOnlyList<Objective> objectives)
    {
        const string Asks = nameof(StepKind.Ask);
        var (success, perSecond) = (Limit("successPercent", 0), Limit("perSecond", 0));
        var (p50, p99, slowest) = (Limit("ackP50Ms", double.MaxValue), Limit("ackP99Ms", double.MaxValue), Limit("ackMaxMs", double.MaxValue));
        return scenario.WithThresholds(
            // From the counts: NBomber's own percentages are whole numbers.
            Threshold.Create(
                Asks, s => 100.0 * s.Fail.Request.Count / Math.Max(1, s.Ok.Request.Count + s.Fail.Request.Count) <= 100 - success, startCheckAfter: After),
            Threshold.Create(Asks, s => s.Ok.Request.RPS >= perSecond, startCheckAfter: After),
            Threshold.Create(Asks, s => s.Ok.Latency.Percent50 <= p50, startCheckAfter: After),
            Threshold.Create(Asks, s => s.Ok.Latency.Percent99 <= p99, startCheckAfter: After),
            Threshold.Create(Asks, s => s.Ok.Latency.MaxMs <= slowest, startCheckAfter: After));

        double Limit(string name, double otherwise) => objectives.FirstOrDefault(o => o.Measure.Name == name)?.Limit ?? otherwise;
    }
}
