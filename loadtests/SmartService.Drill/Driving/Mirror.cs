using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SmartService.Drills.Measuring;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>
/// A connection of the driver with itself: what is sent comes back through the kernel and the driver's own receiving thread, in its
/// turn like every answer. How long that takes is what the driver adds to every latency it reports; a driver that starves sees it here
/// first. Used by one thread.
/// </summary>
internal sealed class Mirror : IDisposable
{
    private readonly Socket _in;
    private readonly Socket _out;
    private readonly LatencyHistogram _lag = new();
    private readonly byte[] _stamp = new byte[8];
    private readonly byte[] _stamps = new byte[1024];
    private int _filled;

    /// <param name="id">What <paramref name="readiness"/> calls it.</param>
    public Mirror(Readiness readiness, int id)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _out = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _out.Connect(listener.LocalEndPoint!);
        _in = listener.Accept();
        _in.Blocking = false;
        readiness.Add(_in, id);
    }

    public void Look()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_stamp, Stopwatch.GetTimestamp());
        _out.Send(_stamp);
    }

    public void Read()
    {
        var read = _in.Receive(_stamps.AsSpan(_filled), SocketFlags.None, out _);
        _filled += Math.Max(0, read);
        var whole = _filled / 8 * 8;
        for (var at = 0; at < whole; at += 8)
        {
            _lag.Record(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(_stamps.AsSpan(at))));
        }

        _stamps.AsSpan(whole, _filled - whole).CopyTo(_stamps);
        _filled -= whole;
    }

    public double PercentileMilliseconds(double share) => _lag.PercentileMilliseconds(share);

    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
    }
}
