namespace SmartService.Drills.Reports;

/// <summary>What a wished-for load needs, from what a drill measured.</summary>
/// <param name="Cores">With the headroom kept free.</param>
internal sealed record Capacity(
    double ConversationsPerSecond, double MessagesPerSecond, double Cores, double Headroom, double DataGigabytesPerHour, double MemoryGigabytes,
    double? HeldPerSecondHere)
{
    /// <summary>Bytes one open shopper (stream and entity) may take; see docs/performance.md.</summary>
    public const double BytesPerShopper = 16 * 1024;

    /// <summary>Resident with nobody there: the runtime, the models and the caches.</summary>
    public const double BaseBytes = 300e6;

    /// <param name="minutes">How long a shopper stays, to know how many are there at once.</param>
    /// <exception cref="ArgumentException">The report measured no CPU.</exception>
    public static Capacity Of(DrillReport report, double conversationsPerSecond, double turns, double minutes, double headroom)
    {
        if (report.CpuMicrosPerMessage is not { } cpu)
        {
            throw new ArgumentException("That report has no CPU per message: the server's process was not visible.", nameof(report));
        }

        var messages = conversationsPerSecond * turns;
        return new(
            conversationsPerSecond, messages, messages * cpu / 1e6 / (1 - headroom), headroom,
            messages * 3600 * (report.Server.DataBytesPerMessage ?? 0) / 1e9,
            (BaseBytes + (conversationsPerSecond * minutes * 60 * BytesPerShopper)) / 1e9,
            report.HeldPerSecond);
    }
}
