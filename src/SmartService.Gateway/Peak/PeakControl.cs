using Microsoft.Extensions.Options;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

/// <summary>
/// Holds the rung of every merchant: what the ladder says, what a person set, what is rehearsed. The ladder is this gateway's own, the rest that of all. A merchant that asks for no more than its
/// share keeps full answers while others are over theirs.
/// </summary>
internal sealed class PeakControl(TenantLines lines, AdmissionGate gate, IOptions<PeakOptions> options, TimeProvider clock) : IServiceLevel
{
    private static readonly TimeSpan RenumberEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A merchant is not weighed anew more often: shoppers would see the service flicker.</summary>
    private static readonly TimeSpan WeighEvery = TimeSpan.FromSeconds(3);
    private const double Heavier = 1.1, Lighter = 0.8;

    /// <summary>Between the marks of paused popups and of the Q&amp;A alone.</summary>
    private const double SettlingShare = (PeakRules.PopupsFrom + PeakRules.QnaFrom) / 2;

    private readonly PeakRules _rules = options.Value.Rules;
    private readonly Lock _gate = new();
    private LadderState _ladder = LadderState.Initial;
    private PeakMeasurements _measured;
    private PeakSwitchState _set = PeakSwitchState.Initial;
    private double _visitRate;
    private long _visits;
    private long _ticked = clock.GetTimestamp();
    private long _renumbered;

    public PeakRung RungOf(TenantId tenant) => lines.RungOf(tenant);

    /// <summary>What people set; <see cref="Apply"/> keeps the latest.</summary>
    public PeakSwitchState Set => Volatile.Read(ref _set);

    public LadderState Ladder
    {
        get
        {
            lock (_gate)
            {
                return _ladder;
            }
        }
    }

    public PeakMeasurements Measured
    {
        get
        {
            lock (_gate)
            {
                return _measured;
            }
        }
    }

    /// <summary>The rung in force for merchants over their share.</summary>
    public PeakRung Rung => Set.Held ?? Ladder.Rung;

    public void CountVisit() => Interlocked.Increment(ref _visits);

    /// <summary>Takes over what people set, unless it is known already or was before what is known.</summary>
    public void Apply(PeakSwitchState set)
    {
        lock (_gate)
        {
            if (set.Version <= _set.Version)
            {
                return;
            }

            Volatile.Write(ref _set, set);
            foreach (var tenant in set.Stores.Keys)
            {
                lines.Of(new(tenant));
            }

            Spread(clock.GetUtcNow());
        }
    }

    /// <summary>One step: takes what was measured, moves the ladder, and spreads its rung.</summary>
    /// <param name="unanswered">Of the messages worked on, so many wait for a machine that gives no answer.</param>
    public void Tick(TimeSpan queueAge, TimeSpan flushTime, double cpu, int unanswered)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var since = clock.GetElapsedTime(_ticked, now);
            if (since <= TimeSpan.Zero)
            {
                return;
            }

            _ticked = now;
            var renumber = clock.GetElapsedTime(_renumbered, now) >= RenumberEvery;
            _renumbered = renumber ? now : _renumbered;
            gate.Tick(since, renumber, unanswered);
            _visitRate += (1 - Math.Exp(-since / TimeSpan.FromSeconds(2))) * ((Interlocked.Exchange(ref _visits, 0) / since.TotalSeconds) - _visitRate);
            _measured = Measure(queueAge, flushTime, cpu);
            _ladder = options.Value.Enabled ? PeakLadder.Next(_ladder, Pressing(_measured), _rules, clock.GetUtcNow()) : _ladder;
            Spread(clock.GetUtcNow());
            if (renumber)
            {
                lines.Prune();
            }
        }
    }

    /// <summary>What holds a merchant where it stands, in a word of the API.</summary>
    public string CauseOf(TenantLine line)
    {
        var measured = Measured;
        if (line.Rehearsal is not null)
        {
            return "rehearsal";
        }

        if (Set.Held is not null)
        {
            return "manual";
        }

        if (Rung == PeakRung.Full)
        {
            return "calm";
        }

        if (line.IsLight && line.Rung < Rung)
        {
            return "light";
        }

        var (queue, flush, cpu) = (measured.QueueAge / _rules.QueueAge, measured.FlushTime / _rules.FlushTime, measured.Cpu / _rules.Cpu);
        return Rung >= PeakRung.Queue && measured.Waiting > 0 && Math.Max(Math.Max(queue, flush), cpu) < 1 ? "line"
            : queue >= flush && queue >= cpu ? "queue"
            : flush >= cpu ? "flush" : "cpu";
    }

    /// <summary>Those who waited for this server's start pause the popups; they neither take the model away nor make anybody wait.</summary>
    private PeakMeasurements Pressing(PeakMeasurements measured) => gate.IsSettling && measured.QueueAge > _rules.QueueAge * SettlingShare
        ? measured with { QueueAge = _rules.QueueAge * SettlingShare }
        : measured;

    private PeakMeasurements Measure(TimeSpan queueAge, TimeSpan flushTime, double cpu)
    {
        var (demand, waiting, longest) = (0.0, 0, TimeSpan.Zero);
        foreach (var line in lines.All.Where(l => l.Rehearsal is null))
        {
            demand += line.Demand;
            waiting += line.Waiting;
            var wait = gate.LastWaitOf(line);
            longest = wait > longest ? wait : longest;
        }

        return new(queueAge, flushTime, cpu, demand + _visitRate, waiting, longest, options.Value.MostWaiting == 0 ? 0 : (double)gate.Tickets / options.Value.MostWaiting);
    }

    private void Spread(DateTimeOffset now)
    {
        var (held, everywhere) = (_set.Held, _set.RehearsalOfAll(now));
        var rung = held ?? _ladder.Rung;
        var level = rung >= PeakRung.QnaOnly && held is null
            ? FairShare.Level(lines.All.Select(l => (l.Demand, l.Weight)), gate.TotalRate * 0.9)
            : double.PositiveInfinity;
        lines.Unknown = new(Max(held ?? Least(rung, PeakRung.PopupsPaused), everywhere?.Rung), everywhere, held is not null || everywhere is not null);
        foreach (var line in lines.All)
        {
            Weigh(line, level);
            line.Rehearsal = _set.RehearsalOf(line.Tenant, now);
            line.IsForced = held is not null || line.Rehearsal is not null;
            line.Rung = Max(held ?? (line.IsLight ? Least(rung, PeakRung.PopupsPaused) : rung), line.Rehearsal?.Rung);
        }
    }

    /// <summary>Light is who asks for clearly less than the level; between the two marks everything stays.</summary>
    private void Weigh(TenantLine line, double level)
    {
        var now = clock.GetTimestamp();
        var of = line.Demand / line.Weight / level;
        if (Rung < PeakRung.QnaOnly)
        {
            (line.IsLight, line.WeighedAt) = (true, 0);
            return;
        }

        var isLight = double.IsPositiveInfinity(level) ? line.IsLight : line.IsLight ? of <= Heavier : of < Lighter && line.Waiting == 0;
        if (isLight != line.IsLight && (line.WeighedAt == 0 || clock.GetElapsedTime(line.WeighedAt, now) > WeighEvery))
        {
            (line.IsLight, line.WeighedAt) = (isLight, now);
        }
    }

    private static PeakRung Least(PeakRung one, PeakRung other) => one < other ? one : other;

    private static PeakRung Max(PeakRung one, PeakRung? other) => other is { } second && second > one ? second : one;
}
