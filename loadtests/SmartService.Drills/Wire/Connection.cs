using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SmartService.Drills.Wire;

/// <summary>One kept-alive connection with one request on its way at most. Its thread is the pool's.</summary>
internal sealed class Connection(int id)
{
    private const int MostBytes = 16 * 1024 * 1024;
    private Socket? _socket;
    private bool _isConnecting;
    private Exchange? _current;
    private ReadOnlyMemory<byte> _unsent;
    private byte[] _partial = []; // Of an answer that came in pieces; most come whole.
    private int _filled;

    /// <summary>Whether it is in the pool's stack of free ones; it may have broken there.</summary>
    public bool IsResting { get; set; }

    public bool IsFree => _socket is not null && !_isConnecting && _current is null;

    public bool IsConnecting => _isConnecting;

    public bool IsOpen => _socket is not null;

    public bool HasUnsent => !_unsent.IsEmpty;

    /// <summary>Whether the server has answered on it since it was made.</summary>
    public bool HasAnswered { get; private set; }

    /// <returns>False when nobody listens there.</returns>
    public bool Connect(EndPoint address, Readiness readiness)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        (_isConnecting, HasAnswered) = (false, false);
        try
        {
            socket.Connect(address);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            _isConnecting = true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }

        readiness.Add(socket, id, _isConnecting);
        _socket = socket;
        return true;
    }

    /// <summary>The connection has been made, or cannot be.</summary>
    public bool FinishConnecting(Readiness readiness)
    {
        _isConnecting = false;
        if ((int)_socket!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0)
        {
            return false;
        }

        readiness.Connected(_socket, id);
        return true;
    }

    /// <returns>False when it broke; part of the request may have arrived, and <see cref="Close"/> gives it back.</returns>
    public bool TrySend(Exchange exchange, ReadOnlySpan<byte> bytes)
    {
        _current = exchange;
        exchange.Attempts++;
        exchange.SentAt = Stopwatch.GetTimestamp();
        var sent = _socket!.Send(bytes, SocketFlags.None, out var error);
        if (sent < bytes.Length && error is SocketError.Success or SocketError.WouldBlock)
        {
            _unsent = bytes[sent..].ToArray(); // The server has stopped reading.
        }

        return error is SocketError.Success or SocketError.WouldBlock;
    }

    /// <returns>False when it broke.</returns>
    public bool TrySendRest()
    {
        var sent = _socket!.Send(_unsent.Span, SocketFlags.None, out var error);
        _unsent = _unsent[Math.Max(0, sent)..];
        return error is SocketError.Success or SocketError.WouldBlock;
    }

    public bool IsOverdue(long now) => _current is { } current && current.Deadline < now;

    /// <summary>Reads what is there.</summary>
    /// <param name="shared">Room for an answer that comes whole; what it returns lies there or in a buffer of its own until the next call.</param>
    /// <returns>What of the next answer has come so far, empty when there was nothing to read; null when the other side has closed.</returns>
    public bool TryReceive(byte[] shared, out Span<byte> received)
    {
        var room = _filled == 0 ? shared : _partial.AsSpan(_filled);
        var read = _socket!.Receive(room, SocketFlags.None, out var error);
        received = [];
        if (error == SocketError.WouldBlock)
        {
            return true;
        }

        if (read <= 0)
        {
            return false;
        }

        if (_filled == 0)
        {
            received = shared.AsSpan(0, read);
            return true;
        }

        _filled += read;
        received = _partial.AsSpan(0, _filled);
        return true;
    }

    /// <summary>What was received is not a whole answer yet.</summary>
    /// <exception cref="InvalidDataException">It is larger than any the server should give.</exception>
    public void KeepPart(ReadOnlySpan<byte> received)
    {
        if (_filled == 0)
        {
            _partial = new byte[received.Length * 2];
            received.CopyTo(_partial);
            _filled = received.Length;
        }
        else if (_filled == _partial.Length)
        {
            Array.Resize(ref _partial, _filled < MostBytes ? _filled * 2 : throw new InvalidDataException("An answer is larger than 16 MiB."));
        }
    }

    /// <summary>The answer is whole: the connection is free.</summary>
    /// <returns>What it answers; null when nobody asked.</returns>
    public Exchange? Complete()
    {
        (_partial, _filled) = ([], 0);
        var exchange = _current;
        HasAnswered |= exchange is not null;
        _current = null;
        return exchange;
    }

    /// <returns>What was on its way; null when nothing was.</returns>
    public Exchange? Close(Readiness readiness)
    {
        if (_socket is { } socket)
        {
            readiness.Remove(socket);
            socket.Dispose();
        }

        (_socket, _isConnecting, _unsent) = (null, false, default);
        return Complete();
    }
}
