using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SmartService.Gateway.Peak;

/// <summary>
/// How long bytes that have come wait until somebody reads them: a connection of this process with itself, read the way requests are. Under overload most of the
/// waiting is done there, before a request is known to be one.
/// </summary>
internal sealed partial class SocketDelay : IDisposable
{
    private readonly ILogger _logger;
    private readonly Socket? _here;
    private readonly Socket? _there;
    private readonly byte[] _byte = [1];
    private long _sent;
    private long _slowest;
    private long _read;
    private bool _isOver;

    public SocketDelay(ILogger logger)
    {
        _logger = logger;
        try
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            var here = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            here.Connect(listener.LocalEndPoint!);
            var there = listener.Accept();
            if (!Equals(there.RemoteEndPoint, here.LocalEndPoint))
            {
                there.Dispose();
                here.Dispose();
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            (_here, _there) = (here, there);
        }
        catch (SocketException e)
        {
            LogUnmeasured(logger, e);
            _isOver = true;
            return;
        }

        _ = ReadAsync();
    }

    /// <summary>Bytes that came and were read so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Delay of the last byte, or the age of the one that still waits; zero where it cannot be measured. Called by one thread.</summary>
    public TimeSpan Take()
    {
        if (Volatile.Read(ref _isOver))
        {
            return TimeSpan.Zero;
        }

        var sent = Volatile.Read(ref _sent);
        var waits = sent == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(sent);
        var slowest = TimeSpan.FromTicks(Interlocked.Exchange(ref _slowest, 0));
        if (sent == 0)
        {
            Volatile.Write(ref _sent, Stopwatch.GetTimestamp());
            Send();
        }

        return waits > slowest ? waits : slowest;
    }

    public void Dispose()
    {
        Volatile.Write(ref _isOver, true);
        _here?.Dispose();
        _there?.Dispose();
    }

    private void Send()
    {
        try
        {
            _here!.Send(_byte);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End(e);
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1];
        try
        {
            while (await _there!.ReceiveAsync(buffer) > 0)
            {
                Volatile.Write(ref _slowest, Stopwatch.GetElapsedTime(Volatile.Read(ref _sent)).Ticks);
                Volatile.Write(ref _sent, 0);
                Interlocked.Increment(ref _read);
            }

            End(new SocketException((int)SocketError.ConnectionReset));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End(e);
        }
    }

    /// <summary>A byte that will never be read must not look like an overload that never ends.</summary>
    private void End(Exception fault)
    {
        if (!Interlocked.Exchange(ref _isOver, true))
        {
            LogUnmeasured(_logger, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No connection with oneself over loopback: how long requests wait to be read is not measured, and an overload is noticed later.")]
    private static partial void LogUnmeasured(ILogger logger, Exception fault);
}
