using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SmartService.Drills.Measuring;

namespace SmartService.Drill.Driving;

/// <summary>
/// A connection of the driver with itself: what is sent comes back through the kernel and the driver's own receiving threads. How
/// long that takes is what the driver adds to every latency it reports; a driver that starves sees it here first.
/// </summary>
internal sealed class Mirror : IDisposable
{
    private readonly Socket _in;
    private readonly Socket _out;
    private readonly LatencyHistogram _lag = new();
    private readonly Lock _gate = new();
    private readonly byte[] _stamp = new byte[8];

    public Mirror()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _out = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _out.Connect(listener.LocalEndPoint!);
        _in = listener.Accept();
        _ = Task.Run(ReadAsync);
    }

    /// <summary>Called by one thread.</summary>
    public void Look()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_stamp, Stopwatch.GetTimestamp());
        _out.Send(_stamp);
    }

    public double PercentileMilliseconds(double share)
    {
        lock (_gate)
        {
            return _lag.PercentileMilliseconds(share);
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _lag.Clear();
        }
    }

    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[8];
        var filled = 0;
        try
        {
            while (await _in.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var read)
            {
                filled += read;
                if (filled < buffer.Length)
                {
                    continue;
                }

                filled = 0;
                var lag = Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(buffer));
                lock (_gate)
                {
                    _lag.Record(lag);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The drill is over.
            filled = 0;
        }
    }
}
