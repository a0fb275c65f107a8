using SmartService.Drill.Servers;
using SmartService.Drills;
using SmartService.Drills.Measuring;
using SmartService.Drills.Reports;
using SmartService.Drills.Shoppers;

namespace SmartService.Drill.Driving;

/// <summary>Everything that is counted while a drill runs. Messages count from the curve's start, not while warming up.</summary>
internal sealed class Meter(Drills.Drill drill)
{
    private const int Tenths = 10;

    private readonly Lock _gate = new();
    private readonly LatencyHistogram _acknowledged = new();
    private readonly LatencyHistogram _pushed = new();
    private readonly LatencyHistogram _second = new();
    private readonly LatencyHistogram _secondPushed = new();
    private readonly LatencyHistogram _refusals = new();
    private readonly LatencyHistogram _quietBefore = new();
    private readonly LatencyHistogram _quietDuring = new();
    private readonly (LatencyHistogram First, LatencyHistogram Last)? _tenths = drill.AsksForDrift ? (new(), new()) : null;
    private readonly Dictionary<StepKind, (LatencyHistogram Latency, StrongCount Failed)> _steps = Enum.GetValues<StepKind>()
        .ToDictionary(k => k, _ => (new LatencyHistogram(), new StrongCount()));

    private readonly Dictionary<string, int> _failures = [];
    private readonly List<SecondFigures> _series = [];
    private Counts _total;
    private Counts _lastSecond;
    private long _inFlight;
    private (double Cpu, long Acknowledged)? _curveStart;
    private double? _lastCpu;

    public long Pushes => Interlocked.Read(ref _total.Pushes);

    /// <summary>Messages answered so far, those of the warm-up too.</summary>
    public long AllAcknowledged
    {
        get
        {
            lock (_gate)
            {
                return _total.AllAcknowledged;
            }
        }
    }

    public void Sent(in Step step)
    {
        lock (_gate)
        {
            _inFlight++;
            _total.AllSent += step.IsMessage ? 1 : 0;
            _total.Sent += IsCounted(step) ? 1 : 0;
        }
    }

    public void Answered(in Step step, TimeSpan latency, bool isNoisy)
    {
        lock (_gate)
        {
            _inFlight--;
            if (step.IsMessage)
            {
                _second.Record(latency);
                _total.AllAcknowledged++;
            }

            if (step.Due < 0)
            {
                return;
            }

            _steps[step.Kind].Latency.Record(latency);
            if (step.IsMessage)
            {
                _acknowledged.Record(latency);
                _total.Acknowledged++;
                RecordQuiet(step, latency, isNoisy);
                RecordTenth(step, latency);
            }
        }
    }

    public void Failed(in Step step, string why)
    {
        lock (_gate)
        {
            _inFlight--;
            _total.Failed++;
            if (step.Due >= 0)
            {
                _steps[step.Kind].Failed.Value++;
            }

            _failures[why] = _failures.GetValueOrDefault(why) + 1;
        }
    }

    /// <param name="took">From the attempt's departure to the refusal.</param>
    public void Refused(TimeSpan took)
    {
        lock (_gate)
        {
            _refusals.Record(took);
            _total.Refused++;
        }
    }

    public void Resent() => Interlocked.Increment(ref _total.Resent);

    public void PushedTwice() => Interlocked.Increment(ref _total.PushedTwice);

    /// <param name="latency">Null for what was caught up after a break: it says nothing about pushing.</param>
    public void Pushed(TimeSpan? latency)
    {
        Interlocked.Increment(ref _total.Pushes);
        if (latency is not { } l)
        {
            return;
        }

        lock (_gate)
        {
            _pushed.Record(l);
            _secondPushed.Record(l);
        }
    }

    /// <summary>Ends a second.</summary>
    /// <param name="second">From the curve's start; negative while warming up.</param>
    /// <param name="server">As it is at the second's end.</param>
    public SecondFigures Turn(int second, in ServerLook server)
    {
        lock (_gate)
        {
            var (was, now, cpu) = (_lastSecond, _total, server.CpuSeconds);
            var acknowledged = now.AllAcknowledged - was.AllAcknowledged;
            var cores = cpu is { } c && _lastCpu is { } l && c >= l ? c - l : (double?)null;
            var figures = new SecondFigures(
                second, drill.Curve.RateAt(TimeSpan.FromSeconds(second)), now.AllSent - was.AllSent, acknowledged, now.Refused - was.Refused, now.Failed - was.Failed,
                _inFlight, _second.PercentileMilliseconds(0.5), _second.PercentileMilliseconds(0.99), _second.PercentileMilliseconds(0.999),
                _second.MaxMicroseconds / 1000.0, _secondPushed.PercentileMilliseconds(0.99), cores,
                cores is { } busy && acknowledged > 0 ? busy * 1e6 / acknowledged : null)
            {
                ResidentMegabytes = server.ResidentBytes / 1e6,
                DataMegabytes = server.DataBytes / 1e6,
            };
            _series.Add(figures);
            _second.Clear();
            _secondPushed.Clear();
            _lastSecond = now;
            _lastCpu = cpu ?? _lastCpu;
            if (second >= 0 && _curveStart is null && cpu is { } start)
            {
                _curveStart = (start, now.AllAcknowledged);
            }

            return figures;
        }
    }

    /// <summary>The figures so far; what only others know is left to be filled in.</summary>
    public DrillReport Report()
    {
        lock (_gate)
        {
            var seconds = drill.Curve.Duration.TotalSeconds;
            var withinCurve = _series.Where(s => s.Second >= 0 && s.Second < seconds).ToList(); // Fewer seconds when it was aborted.
            return new DrillReport
            {
                Sent = _total.Sent,
                Acknowledged = _total.Acknowledged,
                SuccessPercent = _total.Sent == 0 ? 0 : 100.0 * _total.Acknowledged / _total.Sent,
                PerSecond = seconds < 1 ? _total.Acknowledged / Math.Max(seconds, 1e-3) : withinCurve.Sum(s => s.Acknowledged) / (double)Math.Max(1, withinCurve.Count),
                AckP50Ms = _acknowledged.PercentileMilliseconds(0.5),
                AckP90Ms = _acknowledged.PercentileMilliseconds(0.9),
                AckP99Ms = _acknowledged.PercentileMilliseconds(0.99),
                AckP999Ms = _acknowledged.PercentileMilliseconds(0.999),
                AckMaxMs = _acknowledged.PercentileMilliseconds(1),
                PushP50Ms = _pushed.Count == 0 ? null : _pushed.PercentileMilliseconds(0.5),
                PushP99Ms = _pushed.Count == 0 ? null : _pushed.PercentileMilliseconds(0.99),
                PushMaxMs = _pushed.Count == 0 ? null : _pushed.PercentileMilliseconds(1),
                Refused = _total.Refused,
                Resent = _total.Resent,
                Pushes = _total.Pushes,
                PushesDoubled = _total.PushedTwice,
                CpuMicrosPerMessage = _curveStart is { } from && _lastCpu is { } cpu && _total.AllAcknowledged > from.Acknowledged
                    ? (cpu - from.Cpu) * 1e6 / (_total.AllAcknowledged - from.Acknowledged)
                    : null,
                HeldPerSecond = Held(),
                RefusalP50Ms = _refusals.Count == 0 ? null : _refusals.PercentileMilliseconds(0.5),
                RefusalP99Ms = _refusals.Count == 0 ? null : _refusals.PercentileMilliseconds(0.99),
                PeakPerSecond = drill.Overload is { } over ? Best(_series.Where(s => s.Second >= 0 && s.Second < over.From.TotalSeconds)) : null,
                GoodputPerSecond = drill.Overload is { } plan
                    ? _series.Where(s => s.Second >= plan.From.TotalSeconds + 1 && s.Second < (plan.From + plan.For).TotalSeconds).Select(s => (double?)s.Acknowledged).Average()
                    : null,
                FirstTenth = _tenths is { First: var first } ? SpanFigures.Of([.. withinCurve.Where(s => s.Second < seconds / Tenths)], first) : null,
                LastTenth = _tenths is { Last: var last } ? SpanFigures.Of([.. withinCurve.Where(s => s.Second >= seconds - (seconds / Tenths))], last) : null,
                QuietP99BeforeMs = _quietBefore.Count == 0 ? null : _quietBefore.PercentileMilliseconds(0.99),
                QuietP99DuringMs = _quietDuring.Count == 0 ? null : _quietDuring.PercentileMilliseconds(0.99),
                QuietMessagesBefore = drill.Noise is null ? null : _quietBefore.Count,
                QuietMessagesDuring = drill.Noise is null ? null : _quietDuring.Count,
                QuietP99Ratio = Math.Min(_quietBefore.Count, _quietDuring.Count) < SpanFigures.LeastMessages
                    ? null : _quietDuring.PercentileMilliseconds(0.99) / Math.Max(0.001, _quietBefore.PercentileMilliseconds(0.99)),
                Steps = [.. _steps.Where(s => s.Value.Latency.Count + s.Value.Failed.Value > 0).Select(s => new StepFigures(
                    s.Key.ToString(), s.Value.Latency.Count, s.Value.Failed.Value, s.Value.Latency.PercentileMilliseconds(0.5),
                    s.Value.Latency.PercentileMilliseconds(0.99), s.Value.Latency.PercentileMilliseconds(1)))],
                Reasons = [.. _failures.OrderByDescending(f => f.Value).Take(5).Select(f => $"{f.Value:N0} steps failed: {f.Key}.")],
                Series = [.. _series],
            };
        }
    }

    /// <summary>The highest rate over five seconds in which nothing failed, nobody was refused and p99 stayed under a second.</summary>
    private double? Held()
    {
        const int Window = 5;
        var good = _series.Where(s => s.Second >= 0).ToList();
        var held = Enumerable.Range(0, Math.Max(0, good.Count - Window + 1))
            .Select(i => good.GetRange(i, Window))
            .Where(w => w.All(s => s is { Failed: 0, Refused: 0, P99Ms: < 1000, Acknowledged: > 0 }))
            .Select(w => w.Average(s => s.Acknowledged))
            .DefaultIfEmpty(-1).Max();
        return held < 0 ? null : held;
    }

    private static double? Best(IEnumerable<SecondFigures> seconds)
    {
        const int Window = 5;
        var all = seconds.ToList();
        return Enumerable.Range(0, Math.Max(0, all.Count - Window + 1)).Select(i => (double?)all.GetRange(i, Window).Average(s => s.Acknowledged)).Max();
    }

    private void RecordQuiet(in Step step, TimeSpan latency, bool isNoisy)
    {
        if (drill.Noise is { } noise && !isNoisy)
        {
            var at = TimeSpan.FromTicks(step.Due);
            (at < noise.From ? _quietBefore : at < noise.From + noise.For ? _quietDuring : null)?.Record(latency);
        }
    }

    private void RecordTenth(in Step step, TimeSpan latency)
    {
        if (_tenths is { } tenths)
        {
            var tenth = drill.Curve.Duration.Ticks / Tenths;
            (step.Due < tenth ? tenths.First : step.Due >= drill.Curve.Duration.Ticks - tenth ? tenths.Last : null)?.Record(latency);
        }
    }

    private static bool IsCounted(in Step step) => step.IsMessage && step.Due >= 0;

    private sealed class StrongCount
    {
        public long Value { get; set; }
    }

    private struct Counts
    {
        public long AllSent;
        public long AllAcknowledged;
        public long Sent;
        public long Acknowledged;
        public long Refused;
        public long Resent;
        public long Failed;
        public long Pushes;
        public long PushedTwice;
    }
}
