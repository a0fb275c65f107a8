using System.Globalization;
using SmartService.Drills.Reports;

namespace SmartService.Drill;

/// <summary>
/// Passed, failed or void. A driver that could not keep its own schedule proves nothing about speed, whichever way the figures
/// point; but a lost message is lost, however late the driver was.
/// </summary>
internal static class Verdict
{
    public const string Passed = "passed", Failed = "failed", Void = "void";

    public const double MostSlipMs = 1;

    /// <summary>What the driver may add to a latency before it is no longer the server's.</summary>
    public const double MostWakeMs = 5;

    public static DrillReport Judge(DrillReport report, Drills.Drill drill, string? aborted)
    {
        var objectives = drill.Objectives.Select(o => Judge(o, report)).ToList();
        var broken = objectives.Where(o => !o.Met).ToList();
        var reasons = new List<string>();
        if (aborted is not null)
        {
            reasons.Add(aborted);
        }

        if (report.NotReadBack > 0)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"Not read back: {report.NotReadBack:N0} conversations; what the server kept of them is not known."));
        }

        reasons.AddRange(broken.Select(o => string.Create(
            CultureInfo.InvariantCulture,
            $"{char.ToUpperInvariant(o.Says[0])}{o.Says[1..]}: {(o.Measured is { } m ? $"{m:0.###} {o.Unit}" : "not measured")}, wanted {(o.AtLeast ? "at least" : "at most")} {o.Limit:0.###} {o.Unit}.")));
        var doubts = Doubts(report.Driver).ToList();
        var isWrong = report.NotReadBack > 0 || broken.Any(o => Measure.Always.Contains(o.Name) || o.Name is "pushesDoubled" or "pushesMissed");
        var verdict = isWrong ? Failed : doubts.Count > 0 ? Void : reasons.Count > 0 ? Failed : Passed;
        return report with { Objectives = objectives, Verdict = verdict, Reasons = [.. doubts, .. reasons, .. report.Reasons] };
    }

    private static ObjectiveFigures Judge(Drills.Objective objective, DrillReport report)
    {
        var (measure, measured) = (objective.Measure, objective.Measure.Of(report));
        var met = measured is { } m && (measure.AtLeast ? m >= objective.Limit : m <= objective.Limit);
        return new(measure.Name, measure.Says, measure.Unit, measure.AtLeast, objective.Limit, measured, met);
    }

    private static IEnumerable<string> Doubts(DriverFigures driver)
    {
        if (driver.SlipP99Ms > MostSlipMs)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The driver could not keep its schedule: p99 of its slip is {driver.SlipP99Ms:0.##} ms, at most {MostSlipMs} ms make a run valid. Lower --scale, or give it a machine with more cores.");
        }

        if (driver.WakeP99Ms > MostWakeMs)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The driver starved: what it had received waited {driver.WakeP99Ms:0.##} ms for it at p99, at most {MostWakeMs} ms make a run valid.");
        }
    }
}
