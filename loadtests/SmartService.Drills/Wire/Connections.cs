using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SmartService.Drills.Wire;

/// <summary>
/// A fixed number of kept-alive connections. A step goes out at once on an idle one, from the caller's own thread; when all are
/// busy it waits in line, which is the server's time and is counted as such.
/// </summary>
internal sealed class Connections : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<Connection> _idle = new();
    private readonly Queue<Exchange> _waiting = new();
    private readonly Connection[] _all;
    private readonly CancellationTokenSource _stop = new();
    private Task[] _runs = [];
    private long _waited;

    public Connections(EndPoint address, int count, IExchangeOwner owner) =>
        _all = [.. Enumerable.Range(0, count).Select(_ => new Connection(this, address, owner))];

    public int Count => _all.Length;

    /// <summary>Steps that found all connections busy.</summary>
    public long Waited => Interlocked.Read(ref _waited);

    public void Open() => _runs = [.. _all.Select(c => Task.Run(() => c.RunAsync(_stop.Token)))];

    /// <summary>Sends, or puts in line. Never waits.</summary>
    public void Send(Exchange exchange)
    {
        while (true)
        {
            Connection? connection;
            lock (_gate)
            {
                if (!_idle.TryPop(out connection))
                {
                    _waiting.Enqueue(exchange);
                    Interlocked.Increment(ref _waited);
                    return;
                }

                connection.IsResting = false;
            }

            if (connection.TrySend(exchange))
            {
                return;
            }
        }
    }

    /// <summary>Breaks connections whose answer is overdue: a server that is stopped closes nothing.</summary>
    public void BreakOverdue()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var connection in _all)
        {
            connection.BreakIfOverdue(now);
        }
    }

    /// <summary>Steps in line whose time is over; they are taken out.</summary>
    public IReadOnlyList<Exchange> TakeOverdue()
    {
        var now = Stopwatch.GetTimestamp();
        var overdue = new List<Exchange>();
        lock (_gate)
        {
            while (_waiting.TryPeek(out var first) && first.Deadline < now)
            {
                overdue.Add(_waiting.Dequeue());
            }
        }

        return overdue;
    }

    /// <summary>A connection is free: it takes the next in line, or rests.</summary>
    internal void Free(Connection connection)
    {
        Exchange? next;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next))
            {
                // One that broke while it rested and has come back is in the stack already.
                if (!connection.IsResting)
                {
                    connection.IsResting = true;
                    _idle.Push(connection);
                }

                return;
            }
        }

        if (!connection.TrySend(next))
        {
            // It broke just now: the next in line goes to another, and this one comes back when it is connected again.
            Send(next);
        }
    }

    public async Task CloseAsync()
    {
        await _stop.CancelAsync();
        foreach (var connection in _all)
        {
            connection.Break();
        }

        await Task.WhenAll(_runs);
    }

    public void Dispose() => _stop.Dispose();
}

/// <summary>One connection: connects, reads answers for as long as it lasts, and connects again.</summary>
internal sealed class Connection(Connections pool, EndPoint address, IExchangeOwner owner)
{
    private const int FirstBuffer = 8 * 1024;
    private const int MostBuffer = 16 * 1024 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);

    private byte[] _buffer = new byte[FirstBuffer];
    private Socket? _socket;
    private Exchange? _current;

    /// <summary>Whether it is in the pool's stack; only under the pool's lock.</summary>
    public bool IsResting { get; set; }

    /// <returns>False when the connection has broken: nothing was sent.</returns>
    public bool TrySend(Exchange exchange)
    {
        if (Volatile.Read(ref _socket) is not { } socket)
        {
            return false;
        }

        Volatile.Write(ref _current, exchange);
        exchange.Attempts++;
        exchange.SentAt = Stopwatch.GetTimestamp();
        try
        {
            var bytes = exchange.Bytes.Span;
            while (bytes.Length > 0)
            {
                bytes = bytes[socket.Send(bytes)..];
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reading side sees the break too; whoever comes first takes the exchange. Part of it may have arrived.
            Lose();
            return true;
        }
    }

    public void BreakIfOverdue(long now)
    {
        if (Volatile.Read(ref _current) is { } current && current.Deadline < now)
        {
            Break();
        }
    }

    public void Break() => Volatile.Read(ref _socket)?.Dispose();

    public async Task RunAsync(CancellationToken stop)
    {
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            bool connected;
            using (var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
            {
                connected = await UseAsync(socket, stop);
            }

            // Closed first: a sender that still holds the socket now fails and takes back what it wrote, so nothing is forgotten.
            Volatile.Write(ref _socket, null);
            Lose();

            // Hundreds of connections that try again at once would take the processor from the server that is starting.
            pause = connected ? FirstPause : pause < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), CancellationToken.None);
        }
    }

    /// <returns>Whether a connection was made, however it ended.</returns>
    private async Task<bool> UseAsync(Socket socket, CancellationToken stop)
    {
        var connected = false;
        try
        {
            await socket.ConnectAsync(address, stop);
            connected = true;
            Volatile.Write(ref _socket, socket);
            pool.Free(this);
            await ReadAsync(socket);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or InvalidDataException)
        {
            // Refused or broken: what was on its way is lost, and the next connection is tried.
            return connected;
        }
    }

    private void Lose()
    {
        if (Interlocked.Exchange(ref _current, null) is { } lost)
        {
            owner.Broke(lost);
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(filled), CancellationToken.None);
            if (read == 0)
            {
                return;
            }

            filled += read;
            if (!TryTake(_buffer.AsSpan(0, filled), out var closes))
            {
                if (filled == _buffer.Length)
                {
                    Array.Resize(ref _buffer, filled < MostBuffer ? filled * 2 : throw new InvalidDataException("An answer is larger than 16 MiB."));
                }

                continue;
            }

            filled = 0;
            if (closes)
            {
                return;
            }

            pool.Free(this);
        }
    }

    private bool TryTake(Span<byte> received, out bool closes)
    {
        closes = false;
        var now = Stopwatch.GetTimestamp();
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return false;
        }

        closes = answer.Closes;
        if (Interlocked.Exchange(ref _current, null) is { } exchange)
        {
            owner.Answered(exchange, answer, now);
        }

        return true;
    }
}
