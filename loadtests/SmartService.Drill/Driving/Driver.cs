using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using SmartService.Drills.Checking;
using SmartService.Drills.Measuring;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>
/// The open loop: one thread lets every step go at its planned moment, whatever the server does, and reads every answer. A step's time
/// runs from that moment, so a server that stalls is charged with the whole queue it caused ("coordinated omission" is what one gets otherwise).
/// </summary>
/// <remarks>
/// One thread, and no lock on a step's way: the driver shares its processors with the server, and each hand-over between threads costs more
/// than the step. After it did something it rests for a fifth of a millisecond, so that thousands of answers a second wake it in groups;
/// what that adds to latencies is part of what <see cref="Mirror"/> measures.
/// <para>
/// Within one conversation a step waits for the answer to the one before, as a shopper's page does, and its time runs while it waits.
/// What the network or a restart swallowed is sent again with the same id; so the server's promise not to do anything twice is
/// tested by every fault.
/// </para>
/// </remarks>
internal sealed class Driver : IExchangeOwner, IDisposable
{
    /// <summary>Open from the start; more are opened when all are busy.</summary>
    private const int LeastConnections = 64;

    /// <summary>Answers read in a row before steps that are due have their turn.</summary>
    private const int ReadAtOnce = 16;

    /// <summary>Steps let go in a row before answers have theirs.</summary>
    private const int ReleaseAtOnce = 64;
    private const int MirrorId = int.MaxValue;

    /// <summary>Wake-ups are not closer than this: with thousands of steps a second, a wake-up for each would take a core.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromMicroseconds(200);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Housekeeping = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MirrorEvery = TimeSpan.FromMilliseconds(10);

    private readonly Drills.Drill _drill;
    private readonly Schedule _schedule;
    private readonly Requests _requests;
    private readonly Ledger _ledger;
    private readonly Meter _meter;
    private readonly Connections _connections;
    private readonly ShopperStreams _streams;
    private readonly Readiness _readiness = Readiness.Create();
    private readonly RequestBuffer _buffer = new();
    private readonly Mirror _mirror;
    private readonly LatencyHistogram _slip = new();
    private readonly Later _later = new();
    private readonly Turns _turns;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _start = long.MaxValue / 2; // Far ahead, until the streams are open.
    private long _outstanding;
    private volatile bool _aborted;
    private volatile bool _disposed;
    private volatile Thread? _pacer;

    public Driver(Drills.Drill drill, Schedule schedule, Store store, Ledger ledger, Meter meter)
    {
        (_drill, _schedule, _ledger, _meter) = (drill, schedule, ledger, meter);
        _requests = new(drill, schedule.NoisyFrom, store);
        var address = new IPEndPoint(Dns.GetHostAddresses(store.Address.Host)[0], store.Address.Port);
        _connections = new(address, LeastConnections, drill.Connections, _readiness, this);
        _mirror = new(_readiness, MirrorId);
        _streams = new(drill, store, ledger, meter, address) { PopupCame = ClickLater, IsNoisy = schedule.IsNoisy };
        _turns = new(schedule.Journeys);
    }

    public ShopperStreams Streams => _streams;

    public double SlipP99Ms => _slip.PercentileMilliseconds(0.99);

    public double SlipMaxMs => _slip.PercentileMilliseconds(1);

    public double WakeP99Ms => _mirror.PercentileMilliseconds(0.99);

    public long WaitedForConnection => _connections.Waited;

    public int ConnectionsOpened => _connections.MostOpen;

    /// <summary>Whether the machine lets the driver go before the server.</summary>
    public bool RunsFirst { get; private set; }

    /// <summary>Time since the curve's start; negative while warming up.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(Volatile.Read(ref _start));

    /// <summary>Opens streams and connections, then plays the schedule to its end and waits for every answer.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await _streams.OpenAllAsync(ct);
        Volatile.Write(ref _start, Moment.In(_drill.WarmUp + TimeSpan.FromMilliseconds(300)));
        using var abort = ct.Register(Abort);
        var pacer = new Thread(Pace) { IsBackground = true, Name = "pacer", Priority = ThreadPriority.Highest };
        pacer.Start();
        _pacer = pacer;
        RunsFirst = Native.TryRunFirst();
        await _done.Task;
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Lets nothing more go; what is on its way is still waited for.</summary>
    public void Abort() => _aborted = true;

    public ReadOnlySpan<byte> BytesOf(Exchange exchange) => exchange.Bytes.IsEmpty ? _requests.QuestionBytes(exchange.Step, _buffer) : exchange.Bytes.Span;

    public void Answered(Exchange exchange, in HttpAnswer answer, long received)
    {
        var step = exchange.Step;
        if (answer.IsSuccess)
        {
            if (step.IsMessage)
            {
                _ledger.Acknowledged(step.Journey, step.Turn, step.Kind == StepKind.Ask ? NumberIn(answer.Body) : 0);
            }

            _meter.Answered(step, Stopwatch.GetElapsedTime(exchange.Intended, received), _schedule.IsNoisy(step.Journey));
            if (step.Kind == StepKind.Return)
            {
                _streams.Return(step.Journey);
            }

            Finish(step);
        }
        else if (answer.IsRefusedForNow)
        {
            _meter.Refused(Stopwatch.GetElapsedTime(exchange.SentAt, received));
            Again(exchange, TimeSpan.FromSeconds(Math.Max(1, answer.RetryAfterSeconds)), $"{answer.Status} for longer than a shopper waits");
        }
        else if (answer.IsFromProxy)
        {
            Broke(exchange);
        }
        else
        {
            Fail(exchange, FormattableString.Invariant($"{step.Kind} answered {answer.Status}"));
        }
    }

    public void Broke(Exchange exchange) => Again(exchange, TimeSpan.FromMilliseconds(Math.Min(1_000, 25 << Math.Min(exchange.Attempts, 6))), "no answer for longer than a shopper waits");

    public void Dispose()
    {
        Abort();
        _disposed = true;
        _pacer?.Join(); // It uses all that is closed now.
        _connections.Dispose();
        _streams.Dispose();
        _mirror.Dispose();
        _readiness.Dispose();
    }

    /// <summary>The first field of the answer to a question is its number.</summary>
    private static int NumberIn(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf("\"number\":"u8);
        return at >= 0 && Utf8Parser.TryParse(body[(at + 9)..], out int number, out _) ? number : 0;
    }

    private void Pace()
    {
        try
        {
            Native.SleepExactly();
            Play();
            _done.SetResult();
        }
        catch (Exception e)
        {
            _done.SetException(e); // Whatever it is, the drill ends with its reason, not with the process.
        }
    }

    private void Play()
    {
        Span<int> ready = stackalloc int[ReadAtOnce];
        var (next, mirror, keep) = (0, 0L, 0L);
        while (!_disposed && (next < _schedule.Count || Interlocked.Read(ref _outstanding) > 0))
        {
            var first = next = _aborted ? _schedule.Count : next;
            next = ReleaseDue(next);
            var now = Stopwatch.GetTimestamp();
            while (_later.TryTake(now, out var exchange))
            {
                _connections.Send(exchange);
            }

            if (now > keep)
            {
                Keep();
                keep = now + Moment.Ticks(Housekeeping);
            }

            _connections.Tend();
            var count = Look(ready, TimeSpan.Zero);
            if (count == 0 && next == first)
            {
                count = Look(ready, TimeUntil(next));
            }

            if (now > mirror)
            {
                _mirror.Look(); // Before the rest: bytes that come now wait longest.
                mirror = now + Moment.Ticks(MirrorEvery);
            }

            if (count < ReadAtOnce && next - first < ReleaseAtOnce && (count > 0 || next > first))
            {
                Native.Sleep(Coarse);
            }
        }
    }

    /// <returns>The first step that is not due yet.</returns>
    private int ReleaseDue(int next)
    {
        var most = Math.Min(_schedule.Count, next + ReleaseAtOnce);
        for (var now = 0L; next < most && Due(_schedule[next].Due) is var due && due <= (now = Stopwatch.GetTimestamp()); next++)
        {
            var step = _schedule[next];
            if (step.Due >= 0)
            {
                _slip.Record(Stopwatch.GetElapsedTime(due, now));
            }

            Interlocked.Increment(ref _outstanding);
            Release(step);
        }

        return next;
    }

    /// <summary>Reads what has come.</summary>
    private int Look(Span<int> ready, TimeSpan atMost)
    {
        var count = _readiness.Wait(ready, atMost);
        foreach (var id in ready[..count])
        {
            if (id == MirrorId)
            {
                _mirror.Read();
            }
            else
            {
                _connections.Ready(id);
            }
        }

        return count;
    }

    private long Due(long ticks) => _start + Moment.Ticks(TimeSpan.FromTicks(ticks));

    /// <summary>Until the next step, but not for long: clicks come from elsewhere.</summary>
    private TimeSpan TimeUntil(int next)
    {
        if (next >= _schedule.Count)
        {
            return LongestSleep;
        }

        var left = TimeSpan.FromSeconds((Due(_schedule[next].Due) - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
    }

    private void Keep()
    {
        _connections.BreakOverdue();
        foreach (var exchange in _connections.TakeOverdue())
        {
            Fail(exchange, "no free connection for longer than a shopper waits");
        }
    }

    /// <summary>Starts a step, or lets it wait for the one before of the same conversation.</summary>
    private void Release(Step step)
    {
        if (_turns.TryBegin(step))
        {
            Start(step);
        }
    }

    private void Start(Step step)
    {
        if (step.Kind == StepKind.Leave)
        {
            _streams.Leave(step.Journey);
            Finish(step);
            return;
        }

        var intended = Due(step.Due);
        var exchange = new Exchange
        {
            Step = step, Intended = intended, Bytes = step.Kind == StepKind.Ask ? default : HttpBytes.Of(_requests.For(step)),
            Deadline = Math.Max(intended, Stopwatch.GetTimestamp()) + Moment.Ticks(_drill.Patience),
        };
        if (step.IsMessage)
        {
            _ledger.Sent(step.Journey, step.Turn);
        }

        _meter.Sent(step);
        _connections.Send(exchange);
    }

    /// <summary>A step is over, well or not: the next of its conversation may go.</summary>
    private void Finish(in Step step)
    {
        Interlocked.Decrement(ref _outstanding);
        if (_turns.End(step) is { } next)
        {
            Start(next);
        }
    }

    private void Again(Exchange exchange, TimeSpan after, string otherwise)
    {
        var at = Moment.In(after);
        if (at > exchange.Deadline)
        {
            Fail(exchange, otherwise);
            return;
        }

        _meter.Resent();
        _later.Add(exchange, at);
    }

    private void Fail(Exchange exchange, string why)
    {
        _meter.Failed(exchange.Step, why);
        Finish(exchange.Step);
    }

    /// <summary>A popup came to a shopper; some are clicked, after a look at it.</summary>
    private void ClickLater(Shopper shopper, string popup)
    {
        var chance = SeededChanceOf(popup);
        if (_aborted || !chance.Happens(_drill.Shoppers.Clicks))
        {
            return;
        }

        var at = Moment.In(_drill.Shoppers.Think * (0.5 + chance.Share()));
        var exchange = new Exchange
        {
            Step = new Step((long)(Now.TotalSeconds * TimeSpan.TicksPerSecond), 0, StepKind.Popup, 0), Intended = at,
            Deadline = at + Moment.Ticks(_drill.Patience), Bytes = HttpBytes.Of(Requests.Click(shopper, popup)),
        };
        Interlocked.Increment(ref _outstanding);
        _meter.Sent(exchange.Step);
        _later.Add(exchange, at);
    }

    private Drills.SeededChance SeededChanceOf(string popup) => Drills.SeededChance.Of(_drill.Seed, (long)Fnv(popup), purpose: 8);

    /// <summary>The same for the same text in every process, unlike string.GetHashCode.</summary>
    private static ulong Fnv(string text) => text.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);
}
