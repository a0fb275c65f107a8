using System.Diagnostics;
using System.Net;
using SmartService.Drills.Measuring;

namespace SmartService.Drills.Wire;

/// <summary>
/// Kept-alive connections, a few from the start, and more when all are busy, up to a bound. A step goes out at once on a free one;
/// when there is none it waits in line, which is the server's time and is counted as such. All of it on one thread, which neither
/// waits for a lock nor for a socket.
/// </summary>
internal sealed class Connections : IDisposable
{
    /// <summary>Connecting takes a tenth of a millisecond, in which no step goes out.</summary>
    private const int MostConnectsAtOnce = 4;
    private const int SharedBytes = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    private readonly EndPoint _address;
    private readonly Readiness _readiness;
    private readonly IExchangeOwner _owner;
    private readonly int _least;
    private readonly Connection[] _all;
    private readonly Stack<Connection> _closed = new();
    private readonly Stack<Connection> _free = new();
    private readonly Queue<Exchange> _line = new();
    private readonly List<Connection> _unsent = [];
    private readonly byte[] _shared = new byte[SharedBytes];
    private TimeSpan _pause = FirstPause;
    private int _connecting;
    private int _open;

    /// <param name="least">Kept open, whether needed or not.</param>
    public Connections(EndPoint address, int least, int most, Readiness readiness, IExchangeOwner owner)
    {
        (_address, _readiness, _owner, _least) = (address, readiness, owner, Math.Min(least, most));
        _all = [.. Enumerable.Range(0, most).Select(id => new Connection(id))];
        foreach (var connection in _all.Reverse())
        {
            _closed.Push(connection);
        }
    }

    /// <summary>Steps that found all connections busy.</summary>
    public long Waited { get; private set; }

    /// <summary>Most that were open at once.</summary>
    public int MostOpen { get; private set; }

    /// <summary>No connection is opened before this moment, in Stopwatch ticks.</summary>
    public long NotBefore { get; private set; }

    /// <summary>Sends, or puts in line. Never waits.</summary>
    public void Send(Exchange exchange)
    {
        while (_free.TryPop(out var connection))
        {
            connection.IsResting = false;
            if (connection.IsFree)
            {
                SendOn(connection, exchange);
                return;
            }
        }

        _line.Enqueue(exchange);
        Waited++;
    }

    /// <summary>A connection is ready: it was made, or there is something to read.</summary>
    public void Ready(int id)
    {
        var connection = _all[id];
        if (connection.IsConnecting)
        {
            _connecting--;
            if (!connection.FinishConnecting(_readiness))
            {
                Drop(connection);
                RestLonger();
                return;
            }

            _pause = FirstPause;
            Free(connection);
        }
        else if (connection.IsOpen)
        {
            Read(connection);
        }
    }

    /// <summary>Opens what is lacking, and sends on what would not go at once.</summary>
    public void Tend()
    {
        if (_unsent.Count > 0)
        {
            SendRests();
        }

        if (_open >= _all.Length || (_open >= _least && _line.Count <= _connecting) || Stopwatch.GetTimestamp() < NotBefore)
        {
            return;
        }

        for (var i = 0; i < MostConnectsAtOnce && _open < _all.Length && (_open < _least || _line.Count > _connecting); i++)
        {
            if (!TryOpen())
            {
                return;
            }
        }
    }

    /// <summary>Breaks connections whose answer is overdue: a server that is stopped closes nothing.</summary>
    public void BreakOverdue()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var connection in _all.Where(c => c.IsOverdue(now)))
        {
            Drop(connection);
        }
    }

    /// <summary>Steps in line whose time is over; they are taken out.</summary>
    public IReadOnlyList<Exchange> TakeOverdue()
    {
        var now = Stopwatch.GetTimestamp();
        var overdue = new List<Exchange>();
        while (_line.TryPeek(out var first) && first.Deadline < now)
        {
            overdue.Add(_line.Dequeue());
        }

        return overdue;
    }

    /// <summary>Closes all; nothing may be on its way.</summary>
    public void Dispose()
    {
        foreach (var connection in _all)
        {
            connection.Close(_readiness);
        }
    }

    private bool TryOpen()
    {
        var connection = _closed.Pop();
        if (!connection.Connect(_address, _readiness))
        {
            _closed.Push(connection);
            RestLonger();
            return false;
        }

        MostOpen = Math.Max(MostOpen, ++_open);
        if (connection.IsConnecting)
        {
            _connecting++;
        }
        else
        {
            Free(connection);
        }

        return true;
    }

    /// <summary>Hundreds of connections that try again at once would take the processor from a server that is starting.</summary>
    private void Rest() => NotBefore = Moment.In(_pause);

    private void RestLonger()
    {
        Rest();
        _pause = _pause < LongestPause ? _pause * 2 : LongestPause;
    }

    private void Read(Connection connection)
    {
        if (!connection.TryReceive(_shared, out var received))
        {
            Drop(connection);
            return;
        }

        if (received.IsEmpty)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        try
        {
            if (!HttpAnswer.TryRead(received, out var answer))
            {
                connection.KeepPart(received);
                return;
            }

            var exchange = connection.Complete();
            if (answer.Closes)
            {
                Drop(connection);
            }
            else
            {
                Free(connection);
            }

            if (exchange is not null)
            {
                _owner.Answered(exchange, answer, now);
            }
        }
        catch (InvalidDataException)
        {
            Drop(connection); // Whatever is on the other side, it is not the server.
        }
    }

    /// <summary>A connection is free: it takes the next in line, or rests.</summary>
    private void Free(Connection connection)
    {
        if (_line.TryDequeue(out var next))
        {
            SendOn(connection, next);
        }
        else if (!connection.IsResting)
        {
            connection.IsResting = true;
            _free.Push(connection);
        }
    }

    private void SendOn(Connection connection, Exchange exchange)
    {
        if (!connection.TrySend(exchange, _owner.BytesOf(exchange)))
        {
            Drop(connection);
        }
        else if (connection.HasUnsent)
        {
            _unsent.Add(connection);
        }
    }

    private void SendRests()
    {
        foreach (var connection in _unsent.ToList())
        {
            if (connection.HasUnsent && !connection.TrySendRest())
            {
                Drop(connection);
            }
        }

        _unsent.RemoveAll(c => !c.HasUnsent);
    }

    private void Drop(Connection connection)
    {
        _connecting -= connection.IsConnecting ? 1 : 0;
        _open--;
        var wasOfUse = connection.HasAnswered;
        var lost = connection.Close(_readiness);
        _closed.Push(connection);
        if (lost is not null || !wasOfUse)
        {
            Rest(); // A server that closes after its answer is well: its shoppers come back at once.
        }

        if (lost is not null)
        {
            _owner.Broke(lost);
        }
    }
}
