namespace SmartService.Drills.Reports;

/// <summary>Something a drill can be held to.</summary>
/// <param name="AtLeast">Whether more is better.</param>
/// <param name="Of">Null when the run could not measure it: then it is not met.</param>
internal sealed record Measure(string Name, string Says, string Unit, bool AtLeast, Func<DrillReport, double?> Of)
{
    public static IReadOnlyDictionary<string, Measure> All { get; } = new Measure[]
    {
        new("ackP50Ms", "half of the acknowledgements within", "ms", false, r => r.AckP50Ms),
        new("ackP99Ms", "acknowledgements, p99", "ms", false, r => r.AckP99Ms),
        new("ackP999Ms", "acknowledgements, p99.9", "ms", false, r => r.AckP999Ms),
        new("ackMaxMs", "the slowest acknowledgement", "ms", false, r => r.AckMaxMs),
        new("pushP99Ms", "pushes to open streams, p99", "ms", false, r => r.PushP99Ms),
        new("successPercent", "messages acknowledged", "%", true, r => r.SuccessPercent),
        new("lost", "acknowledged messages the server no longer has", "", false, r => r.Lost),
        new("doubled", "messages the server has twice", "", false, r => r.Doubled),
        new("reordered", "messages out of order", "", false, r => r.Reordered),
        new("pushesDoubled", "events a stream got twice", "", false, r => r.PushesDoubled),
        new("pushesMissed", "answers an open stream never got", "", false, r => r.PushesMissed),
        new("perSecond", "messages acknowledged per second", "/s", true, r => r.PerSecond),
        new("heldPerSecond", "highest rate held with p99 under 1 s and no failure", "/s", true, r => r.HeldPerSecond),
        new("cpuMicrosPerMessage", "server CPU per message", "µs", false, r => r.CpuMicrosPerMessage),
        new("recoveryMs", "longest time from a kill to ready", "ms", false, r => r.RecoveryMs),
        new("quietP99Ratio", "p99 of the other merchants while one is noisy, against before", "×", false, r => r.QuietP99Ratio),
        new("refusalP99Ms", "refusals, p99", "ms", false, r => r.RefusalP99Ms),
        new("goodputRatio", "messages acknowledged under overload, against the peak before", "×", true, r => r.GoodputRatio),
        new("ackP99Drift", "p99 of the last tenth, against the first", "×", false, r => r.Drift(s => s.AckP99Ms)),
        new("cpuDrift", "server CPU per message in the last tenth, against the first", "×", false, r => r.Drift(s => s.CpuMicrosPerMessage)),
        new("memoryDrift", "server memory in the last tenth, against the first", "×", false, r => r.Drift(s => s.ResidentMegabytes)),
        new("dataDrift", "growth of files per message in the last tenth, against the first", "×", false, r => r.Drift(s => s.DataBytesPerMessage)),
    }.ToDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>Held to in every drill, whether its file says so or not.</summary>
    public static IReadOnlyList<string> Always { get; } = ["lost", "doubled", "reordered"];

    /// <summary>Whether a drill is as good at its end as at its start; looked at where a drill asks for one of them.</summary>
    public static IReadOnlyList<string> Drifts { get; } = ["ackP99Drift", "cpuDrift", "memoryDrift", "dataDrift"];
}
