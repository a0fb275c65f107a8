using System.Net;
using System.Net.Sockets;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>Ports of this machine that nobody listens on, each given once.</summary>
internal static class TestPorts
{
    private static int _last = 21_000 + (Environment.ProcessId % 400);

    public static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (port < 21_999)
            {
                // In use: the next one.
            }
        }
    }
}
