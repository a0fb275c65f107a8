namespace SmartService.Domain.Peak;

/// <summary>
/// Decides the rung. Pure: state, measurements and time in, state out. Up quickly and step by step, down slowly and one rung at a
/// time; a step down that has to be taken back makes the next one wait longer, so that the service does not flicker.
/// </summary>
public static class PeakLadder
{
    /// <summary>A step up within this many patiences of a step down takes it back.</summary>
    private const int TakenBackWithin = 3;
    private const int MostDoublings = 4;

    public static LadderState Next(LadderState state, in PeakMeasurements measured, PeakRules rules, DateTimeOffset now)
    {
        var since = now > state.At ? now - state.At : TimeSpan.Zero;
        var pressure = Smooth(state, PressureOf(measured, rules), since, rules.Smoothing);
        var next = state with { Pressure = pressure, At = now > state.At ? now : state.At };
        var target = Target(state.Rung, pressure, measured, rules);
        if (target > state.Rung)
        {
            return Climb(next, target, rules, now);
        }

        return IsCalm(next, measured, rules) ? Descend(next, rules, now) : next with { OverSince = null, CalmSince = null };
    }

    /// <summary>The most pressed of the three; 0 for a server that has nothing to shed.</summary>
    public static double PressureOf(in PeakMeasurements m, PeakRules rules) => m.WorkPerSecond < rules.LeastWorkPerSecond
        ? 0
        : Math.Max(
            Math.Max(m.QueueAge / rules.QueueAge, m.FlushTime / rules.FlushTime),
            Math.Min(PeakRules.MostFromCpu, m.Cpu / rules.Cpu));

    /// <summary>How long calm must last before one rung is left.</summary>
    public static TimeSpan PatienceOf(LadderState state, PeakRules rules) => rules.StepDownAfter * (1 << state.Doublings);

    /// <summary>First-order low-pass, exact for any distance between two measurements.</summary>
    private static double Smooth(LadderState state, double raw, TimeSpan since, TimeSpan constant)
    {
        // A stall shows as one enormous number: it may not keep the ladder up for minutes.
        var bounded = double.IsFinite(raw) ? Math.Clamp(raw, 0, 2 * PeakRules.QueueFrom) : 2 * PeakRules.QueueFrom;
        return state.At == default ? bounded : bounded + ((state.Pressure - bounded) * Math.Exp(-since / constant));
    }

    /// <summary>The rung that the pressure and the line ask for.</summary>
    private static PeakRung Target(PeakRung rung, double pressure, in PeakMeasurements m, PeakRules rules)
    {
        if (rung >= PeakRung.Queue && (m.LongestWait > rules.CallBackFrom || m.LineShare >= PeakRules.FullLine))
        {
            return PeakRung.CallBack;
        }

        return pressure >= PeakRules.QueueFrom ? PeakRung.Queue
            : pressure >= PeakRules.QnaFrom ? PeakRung.QnaOnly
            : pressure >= PeakRules.PopupsFrom ? PeakRung.PopupsPaused
            : PeakRung.Full;
    }

    private static LadderState Climb(LadderState state, PeakRung target, PeakRules rules, DateTimeOffset now)
    {
        var since = state.OverSince ?? now;
        if (now - since < rules.StepUpAfter)
        {
            return state with { OverSince = since, CalmSince = null };
        }

        var takenBack = state.LeftAt is { } left && now - left < PatienceOf(state, rules) * TakenBackWithin;
        return state with
        {
            Rung = state.Rung + 1 < target && target != PeakRung.CallBack ? target : state.Rung + 1,
            OverSince = null,
            CalmSince = null,
            LeftAt = null,
            Doublings = takenBack ? Math.Min(state.Doublings + 1, MostDoublings) : state.Doublings,
        };
    }

    private static bool IsCalm(LadderState state, in PeakMeasurements m, PeakRules rules) => state.Rung switch
    {
        PeakRung.Full => true,
        PeakRung.CallBack => m.LongestWait <= rules.CallBackFrom * PeakRules.CalmShare && m.LineShare <= PeakRules.FullLine * PeakRules.CalmShare,

        // The line holds the pressure down while it is there: calm is when nobody needs it.
        PeakRung.Queue => m.Waiting == 0 && state.Pressure <= PeakRules.QueueFrom * PeakRules.CalmShare,
        var rung => state.Pressure <= PeakRules.MarkOf(rung) * PeakRules.CalmShare,
    };

    private static LadderState Descend(LadderState state, PeakRules rules, DateTimeOffset now)
    {
        var since = state.CalmSince ?? now;
        var calm = state with { OverSince = null, CalmSince = since };
        if (now - since < PatienceOf(state, rules))
        {
            return calm;
        }

        // At the bottom, and calm for as long as the whole patience: what was learned about flickering is forgotten.
        return state.Rung == PeakRung.Full
            ? calm with { CalmSince = now, Doublings = Math.Max(0, state.Doublings - 1) }
            : calm with { Rung = state.Rung - 1, CalmSince = now, LeftAt = now };
    }
}
