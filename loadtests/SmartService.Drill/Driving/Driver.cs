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
/// The open loop: one thread lets every step go at its planned moment, whatever the server does. A step's time runs from that moment,
/// so a server that stalls is charged with the whole queue it caused ("coordinated omission" is what one gets otherwise).
/// </summary>
/// <remarks>
/// Within one conversation a step waits for the answer to the one before, as a shopper's page does, and its time runs while it waits.
/// What the network or a restart swallowed is sent again with the same id; so the server's promise not to do anything twice is
/// tested by every fault.
/// </remarks>
internal sealed class Driver : IExchangeOwner, IDisposable
{
    private const int Stripes = 256;

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
    private readonly Mirror _mirror = new();
    private readonly LatencyHistogram _slip = new();
    private readonly PriorityQueue<Exchange, long> _later = new();
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];
    private readonly Dictionary<int, Queue<Step>>[] _waiting = [.. Enumerable.Range(0, Stripes).Select(_ => new Dictionary<int, Queue<Step>>())];
    private readonly bool[] _busy;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _start = long.MaxValue / 2; // Far ahead, until the streams are open.
    private long _outstanding;
    private volatile bool _aborted;

    public Driver(Drills.Drill drill, Schedule schedule, Store store, Ledger ledger, Meter meter)
    {
        (_drill, _schedule, _ledger, _meter) = (drill, schedule, ledger, meter);
        _requests = new(drill, schedule.NoisyFrom, store);
        var address = new IPEndPoint(Dns.GetHostAddresses(store.Address.Host)[0], store.Address.Port);
        _connections = new(address, drill.Connections, this);
        _streams = new(drill, store, ledger, meter, address) { PopupCame = ClickLater, IsNoisy = schedule.IsNoisy };
        _busy = new bool[schedule.Journeys];
    }

    public ShopperStreams Streams => _streams;

    public double SlipP99Ms => _slip.PercentileMilliseconds(0.99);

    public double SlipMaxMs => _slip.PercentileMilliseconds(1);

    public double WakeP99Ms => _mirror.PercentileMilliseconds(0.99);

    public long WaitedForConnection => _connections.Waited;

    /// <summary>Whether the machine lets the driver go before the server.</summary>
    public bool RunsFirst { get; private set; }

    /// <summary>Time since the curve's start; negative while warming up.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(Volatile.Read(ref _start));

    /// <summary>Opens streams and connections, then plays the schedule to its end and waits for every answer.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await _streams.OpenAllAsync(ct);
        _connections.Open();
        Volatile.Write(ref _start, Stopwatch.GetTimestamp() + Ticks(_drill.WarmUp) + Ticks(TimeSpan.FromMilliseconds(300)));
        using var abort = ct.Register(Abort);
        var pacer = new Thread(Pace) { IsBackground = true, Name = "pacer", Priority = ThreadPriority.Highest };
        pacer.Start();
        RunsFirst = Native.TryRunFirst();
        await _done.Task;
        await _connections.CloseAsync();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Lets nothing more go; what is on its way is still waited for.</summary>
    public void Abort() => _aborted = true;

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
        _connections.Dispose();
        _streams.Dispose();
        _mirror.Dispose();
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>The first field of the answer to a question is its number.</summary>
    private static int NumberIn(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf("\"number\":"u8);
        return at >= 0 && Utf8Parser.TryParse(body[(at + 9)..], out int number, out _) ? number : 0;
    }

    private void Pace()
    {
        Native.SleepExactly();
        var (next, mirror, keep) = (0, 0L, 0L);
        while (next < _schedule.Count || Interlocked.Read(ref _outstanding) > 0)
        {
            var now = Stopwatch.GetTimestamp();
            if (_aborted)
            {
                next = _schedule.Count;
            }

            for (long due; next < _schedule.Count && (due = Due(_schedule[next].Due)) <= (now = Stopwatch.GetTimestamp()); next++)
            {
                if (_schedule[next].Due >= 0)
                {
                    _slip.Record(Stopwatch.GetElapsedTime(due, now));
                }

                Interlocked.Increment(ref _outstanding);
                Release(_schedule[next]);
            }

            SendLater(now);
            if (now > mirror)
            {
                _mirror.Look();
                mirror = now + Ticks(MirrorEvery);
            }

            if (now > keep)
            {
                Keep();
                keep = now + Ticks(Housekeeping);
            }

            SleepUntil(next < _schedule.Count ? Due(_schedule[next].Due) : long.MaxValue);
        }

        _done.SetResult();
    }

    private long Due(long ticks) => _start + (long)(ticks / (double)TimeSpan.TicksPerSecond * Stopwatch.Frequency);

    /// <summary>Steps close together are let go in groups, a fifth of a millisecond apart: spinning would take a core from the server.</summary>
    private static void SleepUntil(long due)
    {
        var left = due == long.MaxValue ? LongestSleep : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        Native.Sleep(left < Coarse ? Coarse : left < LongestSleep ? left : LongestSleep);
    }

    private void SendLater(long now)
    {
        while (true)
        {
            Exchange? exchange;
            lock (_later)
            {
                if (!_later.TryPeek(out exchange, out var at) || at > now)
                {
                    return;
                }

                _later.Dequeue();
            }

            _connections.Send(exchange);
        }
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
        if (step.Kind != StepKind.Import)
        {
            var stripe = step.Journey % Stripes;
            lock (_locks[stripe])
            {
                if (_busy[step.Journey])
                {
                    if (!_waiting[stripe].TryGetValue(step.Journey, out var queue))
                    {
                        _waiting[stripe][step.Journey] = queue = new();
                    }

                    queue.Enqueue(step);
                    return;
                }

                _busy[step.Journey] = true;
            }
        }

        Start(step);
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
            Step = step, Intended = intended, Bytes = HttpBytes.Of(_requests.For(step)),
            Deadline = Math.Max(intended, Stopwatch.GetTimestamp()) + Ticks(_drill.Patience),
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
        if (step.Kind is StepKind.Import or StepKind.Popup)
        {
            return;
        }

        Step next;
        var stripe = step.Journey % Stripes;
        lock (_locks[stripe])
        {
            if (!_waiting[stripe].TryGetValue(step.Journey, out var queue))
            {
                _busy[step.Journey] = false;
                return;
            }

            next = queue.Dequeue();
            if (queue.Count == 0)
            {
                _waiting[stripe].Remove(step.Journey);
            }
        }

        Start(next);
    }

    private void Again(Exchange exchange, TimeSpan after, string otherwise)
    {
        var at = Stopwatch.GetTimestamp() + Ticks(after);
        if (at > exchange.Deadline)
        {
            Fail(exchange, otherwise);
            return;
        }

        _meter.Resent();
        lock (_later)
        {
            _later.Enqueue(exchange, at);
        }
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

        var at = Stopwatch.GetTimestamp() + Ticks(_drill.Shoppers.Think * (0.5 + chance.Share()));
        var exchange = new Exchange
        {
            Step = new Step((long)(Now.TotalSeconds * TimeSpan.TicksPerSecond), 0, StepKind.Popup, 0), Intended = at,
            Deadline = at + Ticks(_drill.Patience), Bytes = HttpBytes.Of(Requests.Click(shopper, popup)),
        };
        Interlocked.Increment(ref _outstanding);
        _meter.Sent(exchange.Step);
        lock (_later)
        {
            _later.Enqueue(exchange, at);
        }
    }

    private Drills.SeededChance SeededChanceOf(string popup) => Drills.SeededChance.Of(_drill.Seed, (long)Fnv(popup), purpose: 8);

    /// <summary>The same for the same text in every process, unlike string.GetHashCode.</summary>
    private static ulong Fnv(string text) => text.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);
}
