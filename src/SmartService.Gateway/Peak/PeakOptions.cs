using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

/// <summary>What happens when more shoppers come than the machine serves. Path: SmartService:Peak.</summary>
public sealed class PeakOptions
{
    public const string Section = "SmartService:Peak";

    /// <summary>Whether the ladder moves by itself. The manual switch and rehearsals work without it. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Age of the oldest waiting work that counts as pressure 1. Default 100 ms; 5 ms to 10 s.</summary>
    public TimeSpan QueueAge { get; set; } = PeakRules.Default.QueueAge;

    /// <summary>Time of one flush that counts as pressure 1. Default 500 ms; 10 ms to 1 min.</summary>
    public TimeSpan FlushTime { get; set; } = PeakRules.Default.FlushTime;

    /// <summary>Share of the processors that counts as pressure 1. Default 0.92; 0.1 to 1.</summary>
    public double Cpu { get; set; } = PeakRules.Default.Cpu;

    /// <summary>Messages and visits per second below which nothing is shed: what presses then is something else. Default 20; 0 to 1,000,000.</summary>
    public double LeastWorkPerSecond { get; set; } = PeakRules.Default.LeastWorkPerSecond;

    /// <summary>Pressure must last so long before a rung is climbed. Default 0.5 s; 0.1 s to 1 min.</summary>
    public TimeSpan StepUpAfter { get; set; } = PeakRules.Default.StepUpAfter;

    /// <summary>Calm must last so long before one rung is left. Default 10 s; 0.5 s to 1 h.</summary>
    public TimeSpan StepDownAfter { get; set; } = PeakRules.Default.StepDownAfter;

    /// <summary>A longer wait is not offered: the shopper leaves the question. Default 3 min; 1 s to 1 h.</summary>
    public TimeSpan CallBackFrom { get; set; } = PeakRules.Default.CallBackFrom;

    /// <summary>Time an admitted message may take while shoppers wait; how many are admitted at once follows from it. Default 100 ms; 5 ms to 10 s.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A request is held open at most so long before its shopper is told a place. Default 2 s; 50 ms to 10 s.</summary>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Requests held open at once. Default 2,000; 0 to 100,000.</summary>
    public int MostHeld { get; set; } = 2_000;

    /// <summary>Shoppers with a place in the line; each takes about 150 bytes. Default 100,000; 0 to 10,000,000.</summary>
    public int MostWaiting { get; set; } = 100_000;

    /// <summary>Messages worked on at once, on every rung. Default 2,048; 8 to 100,000.</summary>
    public int MostAtOnce { get; set; } = 2_048;

    /// <summary>
    /// A server that has just started finds those who waited for it. For so long after its first message that is no pressure, and as many as may are worked on or held: it has measured nothing yet by which
    /// anybody could be told when to come again. Default 10 s; 0 to 1 min.
    /// </summary>
    public TimeSpan SettleFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A shopper in the line is told anew at least this often. Default 10 s; 1 s to 1 min.</summary>
    public TimeSpan RetryAtMost { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Shares of merchants that are not 1, by tenant id. 0.1 to 100.</summary>
    public IDictionary<string, double> Weights { get; } = new Dictionary<string, double>(StringComparer.Ordinal);

    internal PeakRules Rules => PeakRules.Default with
    {
        QueueAge = QueueAge, FlushTime = FlushTime, Cpu = Cpu, LeastWorkPerSecond = LeastWorkPerSecond,
        StepUpAfter = StepUpAfter, StepDownAfter = StepDownAfter, CallBackFrom = CallBackFrom,
    };

    internal IEnumerable<string> Faults()
    {
        foreach (var (name, value, least, most, says) in new[]
        {
            (nameof(QueueAge), QueueAge, 0.005, 10, "5 ms and 10 s"), (nameof(FlushTime), FlushTime, 0.01, 60, "10 ms and 1 min"),
            (nameof(StepUpAfter), StepUpAfter, 0.1, 60, "0.1 s and 1 min"), (nameof(StepDownAfter), StepDownAfter, 0.5, 3600, "0.5 s and 1 h"),
            (nameof(CallBackFrom), CallBackFrom, 1, 3600, "1 s and 1 h"), (nameof(AnswerWithin), AnswerWithin, 0.005, 10, "5 ms and 10 s"),
            (nameof(HoldFor), HoldFor, 0.05, 10, "50 ms and 10 s"), (nameof(RetryAtMost), RetryAtMost, 1, 60, "1 s and 1 min"),
            (nameof(SettleFor), SettleFor, 0, 60, "0 and 1 min"),
        })
        {
            if (value.TotalSeconds < least || value.TotalSeconds > most)
            {
                yield return $"{Section}:{name} must be between {says}.";
            }
        }

        foreach (var (name, value, least, most) in new[]
        {
            (nameof(Cpu), Cpu, 0.1, 1), (nameof(LeastWorkPerSecond), LeastWorkPerSecond, 0, 1_000_000), (nameof(MostHeld), MostHeld, 0, 100_000),
            (nameof(MostWaiting), MostWaiting, 0, 10_000_000), (nameof(MostAtOnce), MostAtOnce, 8, 100_000),
        })
        {
            if (!(value >= least && value <= most))
            {
                yield return $"{Section}:{name} must be between {least:N1} and {most:N0}.";
            }
        }

        foreach (var (tenant, weight) in Weights.Where(w => !(w.Value is >= 0.1 and <= 100)))
        {
            yield return $"{Section}:Weights:{tenant} must be between 0.1 and 100.";
        }
    }
}
