using SmartService.Drills.Curves;
using SmartService.Drills.Reports;

namespace SmartService.Drills;

/// <summary>A drill: what is asked, of which store, by whom, how fast, with which faults, and what counts as an answer.</summary>
/// <param name="Seed">The same seed sends the same messages at the same moments.</param>
/// <param name="WarmUp">Load before anything is measured: a runtime that still compiles measures itself.</param>
/// <param name="Patience">A shopper sends again, with the same id, until it is answered or this long has passed.</param>
/// <param name="MostMessages">A drill that plans more is refused.</param>
/// <param name="Settings">Settings of the server the drill starts, by their full path.</param>
internal sealed record Drill(
    string Name, string Question, ulong Seed, TimeSpan WarmUp, TimeSpan Patience, long MostMessages, int Connections, StorePlan Store, ShopperPlan Shoppers,
    MerchantPlan? Merchants, NoisePlan? Noise, Curve Curve, IReadOnlyList<Objective> Objectives, IReadOnlyList<Fault> Faults, AbortRule? Abort,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>When more comes than can be served; null when that is not the question.</summary>
    public OverloadPlan? Overload { get; init; }

    /// <summary>Whether a second process of the drill's own server waits, warm, and takes over when the first is killed.</summary>
    public bool Standby { get; init; }

    /// <summary>New consultations per second of the warm-up; null for the curve's first rate.</summary>
    public double? WarmUpRate { get; init; }

    /// <summary>Whether its end is held against its start.</summary>
    public bool AsksForDrift => Objectives.Any(o => Measure.Drifts.Contains(o.Measure.Name));

    /// <summary>1 as written; what <c>--scale</c> made of it.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>1 as written; what <c>--time</c> made of it.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>The same drill with fewer shoppers and a shorter clock. Objectives stay: the report says at which scale they were met.</summary>
    public Drill Scaled(double scale, double time) => this with
    {
        Scale = Scale * scale,
        TimeScale = TimeScale * time,
        WarmUp = WarmUp * time,
        WarmUpRate = WarmUpRate * scale,
        Curve = Curve.Scaled(scale, time),
        Store = Store with { Shoppers = Math.Max(Store.Tenants * 2, (int)(Store.Shoppers * Math.Min(1, scale))) },
        Shoppers = Shoppers with { Think = Shoppers.Think * time },
        Merchants = Merchants is { } m ? m with { ImportsPerSecond = m.ImportsPerSecond * scale } : null,
        Noise = Noise is { } n ? n with { From = n.From * time, For = n.For * time } : null,
        Overload = Overload is { } o ? new(o.From * time, o.For * time) : null,
        Faults = [.. Faults.Select(f => f with { At = f.At * time, For = f.For * time })],
        Abort = Abort is { } a ? a with { For = TimeSpan.FromSeconds(Math.Max(2, a.For.TotalSeconds * time)) } : null,
    };
}

/// <param name="Zipf">Exponent over tenants and products: a few have most of the traffic.</param>
/// <param name="Languages">Shares of en, ko and zh; they add up to 1.</param>
internal sealed record StorePlan(int Tenants, int Shoppers, int Products, double Zipf, IReadOnlyList<(string Locale, double Share)> Languages);

/// <param name="Turns">Questions of one consultation.</param>
/// <param name="Think">Mean time between two steps of one shopper.</param>
/// <param name="Pages">Pages looked at before the first question.</param>
/// <param name="Streams">Share of shoppers who keep a stream open.</param>
/// <param name="Clicks">Share of popups that are clicked.</param>
/// <param name="Leaves">Share of consultations left in the middle and come back to.</param>
/// <param name="Person">Share of consultations that ask for a person; an agent joins and answers.</param>
/// <param name="Asks">Share of those who come that ask at all; the others only look.</param>
internal sealed record ShopperPlan(
    int Turns, TimeSpan Think, int Pages, double Streams, double Clicks, double Leaves, double Person, double Asks);

/// <summary>Shops that send visits of their own servers and orders in bulk while shoppers ask.</summary>
internal sealed record MerchantPlan(double ImportsPerSecond, int Lines);

/// <summary>One more merchant whose shoppers come this many times as often as all others together.</summary>
internal sealed record NoisePlan(double Times, TimeSpan From, TimeSpan For);

/// <summary>The part of the curve that is more than the server can do; before it lies its peak.</summary>
internal sealed record OverloadPlan(TimeSpan From, TimeSpan For);

internal enum FaultKind
{
    Kill, Pause, SlowDisk, Disconnect,
}

/// <param name="For">How long a pause or a slow disk lasts.</param>
/// <param name="Delay">What each flush takes longer under a slow disk.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan For, TimeSpan Delay);

/// <summary>Gives up when one of these held in every second of a while: going on would only wear out the disk.</summary>
internal sealed record AbortRule(double FailedPercent, double AckP99Ms, TimeSpan For);

internal sealed record Objective(Measure Measure, double Limit);
