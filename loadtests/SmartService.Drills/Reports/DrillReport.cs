using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmartService.Drills.Measuring;

namespace SmartService.Drills.Reports;

/// <summary>What a drill found. The JSON names of the first fields are relied upon by others.</summary>
internal sealed record DrillReport
{
    /// <summary>Questions and agents' answers sent within the measured time, each counted once however often it was sent again.</summary>
    public long Sent { get; init; }

    public long Acknowledged { get; init; }

    public long Lost { get; init; }

    public long Doubled { get; init; }

    public long Reordered { get; init; }

    public double PerSecond { get; init; }

    public double AckP50Ms { get; init; }

    public double AckP99Ms { get; init; }

    public double? PushP99Ms { get; init; }

    public double? CpuMicrosPerMessage { get; init; }

    /// <summary>"passed", "failed" or "void".</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Why it is not "passed", one line each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string Name { get; init; } = "";

    public string Question { get; init; } = "";

    public double Scale { get; init; } = 1;

    public double TimeScale { get; init; } = 1;

    public ulong Seed { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null in reports that are older than it.</summary>
    public double? WarmUpSeconds { get; init; }

    /// <summary>New consultations per second of the warm-up.</summary>
    public double? WarmUpPerSecond { get; init; }

    /// <summary>Measured seconds: the curve without the warm-up.</summary>
    public double Seconds { get; init; }

    public double AckP90Ms { get; init; }

    public double AckP999Ms { get; init; }

    public double AckMaxMs { get; init; }

    public double? PushP50Ms { get; init; }

    public double? PushMaxMs { get; init; }

    public double SuccessPercent { get; init; }

    /// <summary>Answers 429 and 503 that told the shopper to come again; each such message was sent again.</summary>
    public long Refused { get; init; }

    /// <summary>Sent again because the connection broke or the server asked for it.</summary>
    public long Resent { get; init; }

    public long Pushes { get; init; }

    public long PushesDoubled { get; init; }

    public long PushesMissed { get; init; }

    /// <summary>Conversations the server did not give back after the drill: nothing is known of them.</summary>
    public long NotReadBack { get; init; }

    public long Consultations { get; init; }

    public double? HeldPerSecond { get; init; }

    public double? RecoveryMs { get; init; }

    public double? QuietP99Ratio { get; init; }

    /// <summary>From an attempt's departure to its refusal (429, 503).</summary>
    public double? RefusalP99Ms { get; init; }

    public double? RefusalP50Ms { get; init; }

    /// <summary>Best five seconds before the overload, messages acknowledged per second.</summary>
    public double? PeakPerSecond { get; init; }

    /// <summary>Messages acknowledged per second of the overload.</summary>
    public double? GoodputPerSecond { get; init; }

    public double? GoodputRatio => PeakPerSecond > 0 ? GoodputPerSecond / PeakPerSecond : null;

    /// <summary>The first tenth of the curve; null when the drill does not ask whether the last one is the same.</summary>
    public SpanFigures? FirstTenth { get; init; }

    public SpanFigures? LastTenth { get; init; }

    /// <summary>Messages of the other merchants that were answered before one became noisy; null when none does.</summary>
    public long? QuietMessagesBefore { get; init; }

    public long? QuietMessagesDuring { get; init; }

    public double? QuietP99BeforeMs { get; init; }

    public double? QuietP99DuringMs { get; init; }

    public IReadOnlyList<StepFigures> Steps { get; init; } = [];

    public IReadOnlyList<ObjectiveFigures> Objectives { get; init; } = [];

    public IReadOnlyList<FaultFigures> Faults { get; init; } = [];

    public DriverFigures Driver { get; init; } = new();

    public ServerFigures Server { get; init; } = new();

    /// <summary>Up to 20 messages that were lost, doubled or out of order, in words.</summary>
    public IReadOnlyList<string> Discrepancies { get; init; } = [];

    public IReadOnlyList<SecondFigures> Series { get; init; } = [];

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>A figure of the last tenth over that of the first; null when the two had not the same to do, or too little.</summary>
    public double? Drift(Func<SpanFigures, double?> of) =>
        FirstTenth is { } first && LastTenth is { } last && first.IsComparableTo(last) && of(first) is { } before and > 0 ? of(last) / before : null;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">It is no drill's report.</exception>
    public static DrillReport Read(string json) => JsonSerializer.Deserialize<DrillReport>(json, Json) is { Name.Length: > 0 } report
        ? report
        : throw new JsonException("It is no drill's report: it has no name.");
}

/// <summary>One kind of step; latencies from the intended moment to the answer.</summary>
internal sealed record StepFigures(string Step, long Answered, long Failed, double P50Ms, double P99Ms, double MaxMs);

internal sealed record ObjectiveFigures(string Name, string Says, string Unit, bool AtLeast, double Limit, double? Measured, bool Met);

/// <param name="Second">From the start of the curve.</param>
/// <param name="DownMs">From the fault until the server was ready again.</param>
internal sealed record FaultFigures(string Fault, double Second, double Seconds, double? DownMs);

/// <summary>What a part of a drill took, of the clock and of the driver's processor time.</summary>
internal sealed record PhaseFigures(string Phase, double Seconds, double CpuSeconds);

/// <summary>Whether the driver itself can be believed.</summary>
internal sealed record DriverFigures
{
    /// <summary>How much later than planned the driver let steps go, p99.</summary>
    public double SlipP99Ms { get; init; }

    public double SlipMaxMs { get; init; }

    /// <summary>How long bytes already received waited for the driver, p99, measured on a connection of the driver with itself.</summary>
    public double WakeP99Ms { get; init; }

    /// <summary>Steps that had to wait because all connections were busy: the server's time, not the driver's.</summary>
    public long WaitedForConnection { get; init; }

    public int Connections { get; init; }

    /// <summary>Most that were open at once.</summary>
    public int ConnectionsOpened { get; init; }

    /// <summary>Its own, from the first step to the last answer: what it took from the server if they share processors.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>That, over all messages answered meanwhile, those of the warm-up too.</summary>
    public double? CpuMicrosPerMessage { get; init; }

    /// <summary>All that it did, part by part.</summary>
    public IReadOnlyList<PhaseFigures> Phases { get; init; } = [];

    /// <summary>While it read every conversation back.</summary>
    public double? ConversationsReadPerSecond { get; init; }

    /// <summary>Whether its threads went before the server's on the processor they share.</summary>
    public bool RunsFirst { get; init; }
}

internal sealed record ServerFigures
{
    public double? CpuSeconds { get; init; }

    public double? PeakResidentMegabytes { get; init; }

    public double? DataBytesPerMessage { get; init; }

    public int OpenStreams { get; init; }

    public int Cores { get; init; }

    public string Machine { get; init; } = "";

    public string Address { get; init; } = "";
}
