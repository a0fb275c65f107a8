using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

/// <summary>
/// Lets messages in. While a merchant is below the rung "queue" that is a look into a table and two counters. From there on so many are
/// worked on at once as are answered in time; the next ones are held open for a moment, merchant by merchant in turn; all further
/// shoppers get a place in their merchant's line and come again.
/// </summary>
/// <remarks>
/// The turns are a deficit round robin (Shreedhar and Varghese, 1995) with a cost of 1 for each message. It is work-conserving: a merchant
/// with nobody waiting is not in the round, and a free slot with nobody held goes to whoever comes, with or without a place.
/// How many are worked on at once follows the time they take: additive increase, multiplicative decrease. (Not the time that requests wait to be read: refusals make
/// that as well, and whoever admits less because of them serves nobody in the end.) Whoever is sent away costs a look each time he comes, so when there are many the times to
/// come again are spread over a share of what is served.
/// </remarks>
internal sealed class AdmissionGate(TenantLines lines, IOptions<PeakOptions> options, TimeProvider clock)
{
    private const int LeastAtOnce = 8;

    /// <summary>Held requests expect to wait for this share of the longest time, so that few are sent away after all. More than the shortest Retry-After: who comes again at once is held.</summary>
    private const double HeldShare = 0.6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Who does not come again so long after the time told has gone, and no longer stands before others.</summary>
    private static readonly TimeSpan TicketGrace = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan CallBackRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallBackRate = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestCallBackRetry = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Not less is worked on at once than what the best rate of the last minute needs at this share of the time allowed. Where others have the processors everything takes longer however
    /// little is let in, and a limit that follows the time alone goes to the bottom and stays there.
    /// </summary>
    private const double LeastShare = 0.5;
    private static readonly TimeSpan BestFades = TimeSpan.FromMinutes(1);

    /// <summary>Of the messages served per second: so many who wait may come again, and as many who were asked to leave their question; and so many in any case.</summary>
    private const double AgainShare = 0.25, AgainPerSecond = 500;

    /// <summary>Merchants below "queue" may have so many times an equal share of the limit worked on, whatever those above have.</summary>
    private const int OverLimit = 2;

    /// <summary>
    /// Messages that wait for a machine which gives no answer use no processor and make room for others, until there are so many times the usual number of all. And so many times the usual number are held
    /// by a server that has just started.
    /// </summary>
    private const int MostOver = 4;

    private readonly PeakOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly Queue<TenantLine> _round = new();
    private int _inFlight;
    private int _unanswered;
    private int _held;
    private int _tickets;
    private double _limit = options.Value.SettleFor > TimeSpan.Zero ? options.Value.MostAtOnce : LeastAtOnce;
    private long _settledAt;
    private bool _isSettled = options.Value.SettleFor == TimeSpan.Zero;
    private double _totalRate;
    private double _bestRate;
    private double _callBackRate;
    private long _calledBackSeen;
    private int _busyLines = 1;
    private bool _isPressed;
    private long _busyTicks;
    private long _finished;
    private long _admitted;
    private long _sentAway;
    private long _calledBack;
    private long _rehearsed;

    public int InFlight => Volatile.Read(ref _inFlight);

    public int Held => Volatile.Read(ref _held);

    public int Tickets => Volatile.Read(ref _tickets);

    public int Limit => (int)Volatile.Read(ref _limit);

    /// <summary>The first moments of this server's work; see <see cref="PeakOptions.SettleFor"/>.</summary>
    public bool IsSettling => !Volatile.Read(ref _isSettled);

    public long Admitted => Interlocked.Read(ref _admitted);

    public long SentAway => Interlocked.Read(ref _sentAway);

    public long CalledBack => Interlocked.Read(ref _calledBack);

    public long Rehearsed => Interlocked.Read(ref _rehearsed);

    /// <summary>Asks for one message of a shopper. Whoever is admitted, or held and then admitted, must call <see cref="Leave"/>.</summary>
    public Admission Enter(TenantLine line, string customer)
    {
        if (line.Rung < PeakRung.Queue && line.Held == 0 && HasRoom(line))
        {
            line.CountArrival();
            if (line.Tickets > 0)
            {
                lock (_gate)
                {
                    Drop(line, customer, line.PlaceOf(customer));
                }
            }

            Admit(line);
            return default;
        }

        lock (_gate)
        {
            return EnterLine(line, customer);
        }
    }

    public void Leave(TenantLine line, TimeSpan took)
    {
        line.CountServed();
        line.CountOut();
        Interlocked.Decrement(ref _inFlight);
        Interlocked.Add(ref _busyTicks, took.Ticks);
        Interlocked.Increment(ref _finished);
        if (Held > 0)
        {
            lock (_gate)
            {
                Dispatch();
            }
        }
    }

    /// <summary>A held request's caller has gone.</summary>
    public void Forget(HeldTurn turn)
    {
        // Taken out of its queue when its turn comes; whoever completes it first decides whether it was admitted.
        if (turn.TrySetCanceled())
        {
            Interlocked.Decrement(ref _held);
        }
    }

    /// <summary>Measures, adjusts how many are worked on at once, ends waits that lasted too long. Ten times a second, on one thread.</summary>
    /// <param name="unanswered">Of the messages worked on, so many wait for a machine that gives no answer.</param>
    public void Tick(TimeSpan since, bool renumber, int unanswered)
    {
        lock (_gate)
        {
            Volatile.Write(ref _unanswered, unanswered);
            var now = clock.GetTimestamp();
            var (rate, busy, tickets, isPressed) = (0.0, 0, 0, false);
            foreach (var line in lines.All)
            {
                line.Measure(since, TimeSpan.FromSeconds(2));
                rate += line.Rate;
                busy += line.Demand > 0.1 || line.Waiting > 0 ? 1 : 0;
                Practise(line, since);
                SendAwayLate(line, now);
                if (renumber && line.Tickets > 0)
                {
                    line.Renumber(now);
                }

                tickets += line.Tickets;
                isPressed |= line.Waiting > 0 && line.Rehearsal is null;
            }

            Volatile.Write(ref _totalRate, rate);
            _bestRate = Math.Max(rate, _bestRate * Math.Exp(-since / BestFades));
            Volatile.Write(ref _busyLines, busy);
            Volatile.Write(ref _tickets, tickets);
            Volatile.Write(ref _isPressed, isPressed);
            var share = 1 - Math.Exp(-since / CallBackRate);
            _callBackRate += share * (((CalledBack - _calledBackSeen) / since.TotalSeconds) - _callBackRate);
            _calledBackSeen = CalledBack;
            Settle(now);
            Adjust();
            Dispatch();
        }
    }

    /// <summary>What the last one in a line is told.</summary>
    public TimeSpan LastWaitOf(TenantLine line) => line.Waiting == 0 ? TimeSpan.Zero : WaitOf(line, line.Waiting);

    public double TotalRate => Volatile.Read(ref _totalRate);

    /// <summary>Messages worked on that use the processor, or soon will.</summary>
    private int Working
    {
        get
        {
            var all = InFlight;
            return Math.Max(all - Volatile.Read(ref _unanswered), all / MostOver);
        }
    }

    private Admission EnterLine(TenantLine line, string customer)
    {
        var rehearsed = line.Rehearsal is { Rung: >= PeakRung.Queue };
        var place = line.PlaceOf(customer);
        if (place == 0)
        {
            line.CountArrival();
        }

        if (rehearsed)
        {
            Interlocked.Increment(ref _rehearsed);
        }

        if (line.Rung == PeakRung.CallBack && (line.IsForced || (place == 0 && WaitOf(line, line.Waiting + 1) > _options.CallBackFrom * PeakRules.CalmShare)))
        {
            return CallBack(line);
        }

        if (HasSlot(line, rehearsed))
        {
            Drop(line, customer, place);
            line.Tokens -= rehearsed ? 1 : 0;
            Admit(line);
            return default;
        }

        var room = Math.Min(MostHeld - _held, HeldBound(line) - line.Held);
        return room > (place > 0 ? place - 1 : line.Tickets) ? Hold(line, customer, place) : SendAway(line, customer, place);
    }

    private int MostHeld => IsSettling ? MostOver * _options.MostHeld : _options.MostHeld;

    /// <summary>What holds before the ladder has moved, and for merchants it leaves where they are: what is worked on at once is bounded on every rung.</summary>
    private bool HasRoom(TenantLine line) => Working < _options.MostAtOnce
        && (!Volatile.Read(ref _isPressed) || line.InFlight < Math.Max(LeastAtOnce, OverLimit * Limit / Math.Max(1, Volatile.Read(ref _busyLines))));

    /// <summary>A free slot with nobody held goes to whoever is there: shoppers with a place may be asleep just now.</summary>
    private bool HasSlot(TenantLine line, bool rehearsed) => rehearsed
        ? line.Tokens >= 1 && line.Held == 0
        : _held == 0 && Working < _limit;

    private int HeldBound(TenantLine line) => IsSettling && line.Rehearsal is null ? MostHeld : Math.Max(1, (int)(RateOf(line) * _options.HoldFor.TotalSeconds * HeldShare));

    private Admission Hold(TenantLine line, string customer, int place)
    {
        Drop(line, customer, place);
        var turn = new HeldTurn(customer, clock.GetTimestamp());
        line.Hold(turn);
        Interlocked.Increment(ref _held);
        if (!line.IsInRound && line.Rehearsal is not { Rung: >= PeakRung.Queue })
        {
            line.IsInRound = true;
            _round.Enqueue(line);
        }

        return new(AdmissionKind.Held, IsRehearsal: line.Rehearsal is not null, Turn: turn);
    }

    private Admission SendAway(TenantLine line, string customer, int place)
    {
        // No merchant may take all places: half for one, a third each for two, and so on.
        if (place == 0 && (Tickets >= _options.MostWaiting || line.Tickets >= _options.MostWaiting / (_busyLines + 1)))
        {
            return CallBack(line);
        }

        var told = InLine(line, line.Held + (place > 0 ? place : line.Tickets + 1));
        Interlocked.Add(ref _tickets, place > 0 ? 0 : 1);
        line.AddTicket(customer, Later(told.RetryAfter + TicketGrace), first: false);
        Interlocked.Increment(ref _sentAway);
        return told;
    }

    private Admission CallBack(TenantLine line)
    {
        Interlocked.Increment(ref _calledBack);
        var crowd = _callBackRate / MostAgain();
        var again = CallBackRetry * Math.Clamp(crowd, 1, LongestCallBackRetry / CallBackRetry);
        return new(AdmissionKind.CallBack, line.Waiting + 1, WaitOf(line, line.Waiting + 1), again, line.Rehearsal is not null);
    }

    private Admission InLine(TenantLine line, int place)
    {
        var wait = WaitOf(line, place);
        // Back in time to be held for the last stretch.
        var most = Math.Max(_options.RetryAtMost.TotalSeconds, Tickets / MostAgain());
        var again = TimeSpan.FromSeconds(Math.Clamp((wait - (_options.HoldFor * HeldShare)).TotalSeconds, 1, most));
        return new(AdmissionKind.InLine, place, wait, again, line.Rehearsal is not null);
    }

    private double MostAgain() => Math.Max(AgainPerSecond, AgainShare * _totalRate);

    private long Later(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>Without a figure of its own yet, an equal share of what is served in all.</summary>
    private double RateOf(TenantLine line) => line.Rehearsal is { Rung: >= PeakRung.Queue } rehearsal
        ? rehearsal.PerSecond
        : line.Rate >= 0.5 ? line.Rate : Math.Max(0.5, _totalRate / Math.Max(1, _busyLines));

    private TimeSpan WaitOf(TenantLine line, int place)
    {
        var seconds = place / RateOf(line);
        return seconds < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestWait;
    }

    private void Drop(TenantLine line, string customer, int place)
    {
        if (place > 0)
        {
            line.RemoveTicket(customer);
            Interlocked.Decrement(ref _tickets);
        }
    }

    private void Admit(TenantLine line)
    {
        line.CountIn();
        Interlocked.Increment(ref _inFlight);
        Interlocked.Increment(ref _admitted);
    }

    private void Dispatch()
    {
        while (Working < _limit && NextLine() is { } line)
        {
            if (line.TakeHeld() is { } turn)
            {
                Release(line, turn);
            }
        }
    }

    /// <summary>The line whose turn it is, with one message's worth taken from its deficit; null when nobody is held.</summary>
    private TenantLine? NextLine()
    {
        while (_round.TryPeek(out var line))
        {
            if (line.Held == 0)
            {
                _round.Dequeue();
                (line.IsInRound, line.Deficit) = (false, 0);
            }
            else if (line.Deficit >= 1)
            {
                line.Deficit--;
                return line;
            }
            else
            {
                line.Deficit += line.Weight;
                _round.Enqueue(_round.Dequeue());
            }
        }

        return null;
    }

    private void Release(TenantLine line, HeldTurn turn)
    {
        Admit(line);
        if (turn.TrySetResult(default))
        {
            Interlocked.Decrement(ref _held);
        }
        else
        {
            line.CountOut(); // Its caller went at this moment.
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>A rehearsed line is served at the rate that was asked for, whatever the machine could do.</summary>
    private void Practise(TenantLine line, TimeSpan since)
    {
        if (line.Rehearsal is not { Rung: >= PeakRung.Queue } rehearsal)
        {
            line.Tokens = 0;
            if (line.Held > 0 && !line.IsInRound)
            {
                line.IsInRound = true; // The rehearsal has ended: those still held are served like everybody.
                _round.Enqueue(line);
            }

            return;
        }

        line.Tokens = Math.Min(Math.Max(1, rehearsal.PerSecond), line.Tokens + (rehearsal.PerSecond * since.TotalSeconds));
        while (line.Tokens >= 1 && line.TakeHeld() is { } turn)
        {
            line.Tokens--;
            Release(line, turn);
        }
    }

    private void SendAwayLate(TenantLine line, long now)
    {
        while (line.TakeHeldBefore(now - (long)(_options.HoldFor.TotalSeconds * clock.TimestampFrequency)) is { } late)
        {
            var told = Tickets < _options.MostWaiting ? InLine(line, 1) : CallBack(line);
            if (late.TrySetResult(told))
            {
                Interlocked.Decrement(ref _held);
                if (told.Kind == AdmissionKind.InLine)
                {
                    line.AddTicket(late.Customer, Later(told.RetryAfter + TicketGrace), first: true);
                    Interlocked.Increment(ref _tickets);
                    Interlocked.Increment(ref _sentAway);
                }
            }
        }
    }

    private void Settle(long now)
    {
        if (IsSettling && Admitted > 0)
        {
            _settledAt = _settledAt == 0 ? Later(_options.SettleFor) : _settledAt;
            Volatile.Write(ref _isSettled, now >= _settledAt);
        }
    }

    private void Adjust()
    {
        var (busy, finished) = (Interlocked.Exchange(ref _busyTicks, 0), Interlocked.Exchange(ref _finished, 0));
        if (finished == 0 || IsSettling)
        {
            return;
        }

        var took = TimeSpan.FromTicks(busy / finished);
        var limit = _limit;
        if (Held == 0 && Tickets == 0)
        {
            // Nobody waits: what would be worked on at once if each took its time (Little's law) is where to begin.
            limit = _totalRate * _options.AnswerWithin.TotalSeconds;
        }
        else if (took > _options.AnswerWithin)
        {
            limit *= 0.9;
        }
        else if (took < _options.AnswerWithin * 0.7)
        {
            limit = (limit * 1.05) + 1;
        }

        var least = Math.Max(LeastAtOnce, LeastShare * _bestRate * _options.AnswerWithin.TotalSeconds);
        Volatile.Write(ref _limit, Math.Clamp(limit, Math.Min(least, _options.MostAtOnce), _options.MostAtOnce));
    }
}
