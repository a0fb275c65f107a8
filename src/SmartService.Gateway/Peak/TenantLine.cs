using SmartService.Domain;
using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

/// <summary>One merchant's load, and the shoppers who wait there. Counters are free to all; the rest is under the gate's lock.</summary>
internal sealed class TenantLine(TenantId tenant, double weight, PeakRung rung)
{
    private readonly Queue<HeldTurn> _held = new();
    private readonly LinkedList<Ticket> _tickets = new();
    private readonly Dictionary<string, LinkedListNode<Ticket>> _byCustomer = new(StringComparer.Ordinal);
    private int _inFlight;
    private long _arrived;
    private long _served;
    private long _next;
    private long _gone;
    private int _rung = (int)rung;

    public TenantId Tenant { get; } = tenant;

    public double Weight { get; } = weight;

    /// <summary>What this merchant's shoppers get now.</summary>
    public PeakRung Rung
    {
        get => (PeakRung)Volatile.Read(ref _rung);
        set => Volatile.Write(ref _rung, (int)value);
    }

    /// <summary>Set while it is rehearsed here; also read without the lock.</summary>
    public PeakRehearsal? Rehearsal { get; set; }

    /// <summary>Whether a person set the rung: then it holds whatever is measured.</summary>
    public bool IsForced { get; set; }

    /// <summary>The rung its open streams were told last.</summary>
    public PeakRung Announced { get; set; } = rung;

    /// <summary>Whether it asks for no more than its share, and since when.</summary>
    public bool IsLight { get; set; } = true;

    public long WeighedAt { get; set; }

    /// <summary>Tokens of a rehearsed line.</summary>
    public double Tokens { get; set; }

    /// <summary>New messages per second, smoothed.</summary>
    public double Demand { get; private set; }

    /// <summary>Messages per second that were answered, smoothed: what a wait is computed from.</summary>
    public double Rate { get; private set; }

    /// <summary>Of the deficit round robin.</summary>
    public double Deficit { get; set; }

    /// <summary>Whether the gate has it in its round.</summary>
    public bool IsInRound { get; set; }

    public int Held => _held.Count;

    public int Tickets => _tickets.Count;

    public int Waiting => _held.Count + _tickets.Count;

    /// <summary>Messages of it that are worked on.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void CountIn() => Interlocked.Increment(ref _inFlight);

    public void CountOut() => Interlocked.Decrement(ref _inFlight);

    public void CountArrival() => Interlocked.Increment(ref _arrived);

    public void CountServed() => Interlocked.Increment(ref _served);

    /// <summary>Smooths what was counted since the last time.</summary>
    public void Measure(TimeSpan since, TimeSpan constant)
    {
        var share = 1 - Math.Exp(-since / constant);
        Demand += share * ((Interlocked.Exchange(ref _arrived, 0) / since.TotalSeconds) - Demand);
        Rate += share * ((Interlocked.Exchange(ref _served, 0) / since.TotalSeconds) - Rate);
    }

    public void Hold(HeldTurn turn) => _held.Enqueue(turn);

    /// <summary>The next held request whose caller has not gone; null when there is none.</summary>
    public HeldTurn? TakeHeld()
    {
        while (_held.TryDequeue(out var turn))
        {
            if (!turn.Task.IsCompleted)
            {
                return turn;
            }
        }

        return null;
    }

    /// <summary>The next held request that came before; null when there is none. Those whose callers have gone are dropped on the way.</summary>
    public HeldTurn? TakeHeldBefore(long since)
    {
        while (_held.TryPeek(out var turn))
        {
            if (turn.Task.IsCompleted)
            {
                _held.Dequeue();
            }
            else
            {
                return turn.Since < since ? _held.Dequeue() : null;
            }
        }

        return null;
    }

    /// <summary>Place of a ticket among the tickets, from 1; 0 when the customer has none.</summary>
    public int PlaceOf(string customer) =>
        _byCustomer.TryGetValue(customer, out var node) ? (int)Math.Max(1, Math.Min(_tickets.Count, node.Value.Number - _gone)) : 0;

    /// <summary>Gives a place at the end, or for one whose held request ran out of time at the front.</summary>
    public void AddTicket(string customer, long until, bool first)
    {
        if (_byCustomer.TryGetValue(customer, out var known))
        {
            known.Value.Until = until;
            return;
        }

        var ticket = new Ticket(customer) { Until = until, Number = first ? _gone : ++_next };
        _byCustomer[customer] = first ? _tickets.AddFirst(ticket) : _tickets.AddLast(ticket);
    }

    public void RemoveTicket(string customer)
    {
        if (_byCustomer.Remove(customer, out var node))
        {
            _tickets.Remove(node);
            _gone++;
        }
    }

    /// <summary>Drops places given up, and numbers the rest anew.</summary>
    public void Renumber(long now)
    {
        (_next, _gone) = (0, 0);
        for (var node = _tickets.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Until < now)
            {
                _byCustomer.Remove(node.Value.Customer);
                _tickets.Remove(node);
            }
            else
            {
                node.Value.Number = ++_next;
            }

            node = next;
        }
    }
}
