namespace SmartService.Drills.Reports;

/// <param name="Change">In percent of the first; null when there is no first.</param>
/// <param name="IsWorse">Worse by more than the noise that is allowed for.</param>
internal sealed record ComparedFigure(string Says, string Unit, double? Before, double? After, double? Change, bool IsWorse);

/// <summary>Two reports of one drill side by side.</summary>
internal sealed record Comparison(IReadOnlyList<string> Warnings, IReadOnlyList<ComparedFigure> Figures)
{
    public bool IsWorse => Figures.Any(f => f.IsWorse);

    /// <param name="tolerancePercent">Changes within it are noise.</param>
    public static Comparison Of(DrillReport before, DrillReport after, double tolerancePercent)
    {
        var warnings = new List<string>();
        Warn(before.Name != after.Name, $"These are two drills: {before.Name} and {after.Name}.");
        Warn(!before.Scale.Equals(after.Scale) || !before.TimeScale.Equals(after.TimeScale), "They ran at different scales.");
        Warn(before.WarmUpSeconds is null != after.WarmUpSeconds is null, "Only one of them says how its server was warmed.");
        Warn(
            before.WarmUpSeconds is { } was && after.WarmUpSeconds is { } now && (!was.Equals(now) || !before.WarmUpPerSecond.Equals(after.WarmUpPerSecond)),
            "Their servers were warmed differently.");
        Warn(before.Server.Machine != after.Server.Machine || before.Server.Cores != after.Server.Cores, "They ran on different machines.");
        foreach (var report in new[] { before, after }.Where(r => r.Verdict == "void"))
        {
            warnings.Add($"The run of {report.StartedAt:yyyy-MM-dd HH:mm} is void: its driver could not keep its schedule.");
        }

        return new(warnings, [.. Measure.All.Values.Select(m => Compare(m, m.Of(before), m.Of(after), tolerancePercent))
            .Where(f => f.Before is not null || f.After is not null)]);

        void Warn(bool holds, string what)
        {
            if (holds)
            {
                warnings.Add(what);
            }
        }
    }

    private static ComparedFigure Compare(Measure measure, double? before, double? after, double tolerancePercent)
    {
        if (before is not { } b || after is not { } a)
        {
            return new(measure.Says, measure.Unit, before, after, null, false);
        }

        var change = b == 0 ? (a == 0 ? 0 : (double?)null) : (a - b) / b * 100;
        var worseBy = measure.AtLeast ? -(change ?? -100) : change ?? 100;

        // One lost message is no noise.
        var tolerance = Measure.Always.Contains(measure.Name) ? 0 : tolerancePercent;
        return new(measure.Says, measure.Unit, b, a, change, worseBy > tolerance);
    }
}
