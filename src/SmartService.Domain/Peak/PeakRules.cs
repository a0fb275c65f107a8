namespace SmartService.Domain.Peak;

/// <summary>When the ladder is climbed and left. Pressure 1 means that one of the three limits is reached.</summary>
/// <param name="QueueAge">Age of the oldest work that counts as pressure 1.</param>
/// <param name="FlushTime">Time of a flush that counts as pressure 1.</param>
/// <param name="Cpu">Share of the processors that counts as pressure 1; a busy processor alone lets nobody wait.</param>
/// <param name="LeastWorkPerSecond">Below it the pressure comes from elsewhere, and nothing here would lower it.</param>
/// <param name="Smoothing">Time constant of the smoothed pressure.</param>
/// <param name="StepUpAfter">So long the pressure must be over a rung's mark.</param>
/// <param name="StepDownAfter">So long it must be calm before one rung is left; doubled after a step down that had to be taken back.</param>
/// <param name="CallBackFrom">A wait longer than this is not offered: the shopper is answered later.</param>
public sealed record PeakRules(
    TimeSpan QueueAge, TimeSpan FlushTime, double Cpu, double LeastWorkPerSecond, TimeSpan Smoothing, TimeSpan StepUpAfter, TimeSpan StepDownAfter, TimeSpan CallBackFrom)
{
    /// <summary>Pressures from which popups pause, the model rests, and shoppers wait.</summary>
    public const double PopupsFrom = 0.6, QnaFrom = 1.0, QueueFrom = 2.0;

    /// <summary>A rung is left only when the pressure is under this share of the mark it was entered at.</summary>
    public const double CalmShare = 0.6;

    /// <summary>All the processor can contribute: it pauses popups and rests the model, and makes nobody wait.</summary>
    public const double MostFromCpu = 1.5;

    /// <summary>The line is as good as full.</summary>
    public const double FullLine = 0.9;

    public static PeakRules Default { get; } = new(
        QueueAge: TimeSpan.FromMilliseconds(100),
        FlushTime: TimeSpan.FromMilliseconds(500),
        Cpu: 0.92,
        LeastWorkPerSecond: 20,
        Smoothing: TimeSpan.FromSeconds(1),
        StepUpAfter: TimeSpan.FromMilliseconds(500),
        StepDownAfter: TimeSpan.FromSeconds(10),
        CallBackFrom: TimeSpan.FromMinutes(3));

    /// <summary>The pressure from which a rung is entered; the callback is entered by the length of the line.</summary>
    public static double MarkOf(PeakRung rung) => rung switch
    {
        PeakRung.PopupsPaused => PopupsFrom,
        PeakRung.QnaOnly => QnaFrom,
        PeakRung.Queue => QueueFrom,
        _ => double.PositiveInfinity,
    };
}
