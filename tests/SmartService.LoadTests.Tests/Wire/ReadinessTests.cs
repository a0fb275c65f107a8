using System.Net;
using System.Net.Sockets;
using SmartService.Drills.Wire;

namespace SmartService.LoadTests.Tests.Wire;

public sealed class ReadinessTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadySocket_IsTold_UntilItIsRead_AndNotWhenItWasRemoved(bool everywhere)
    {
        using var readiness = Make(everywhere);
        using var listener = Listen();
        using var client = Connect(listener);
        using var server = listener.Accept();
        readiness.Add(server, 7);
        Span<int> ready = stackalloc int[4];
        readiness.Wait(ready, TimeSpan.Zero).ShouldBe(0);

        client.Send("x"u8);
        WaitForOne(readiness, ready).ShouldBe(7);
        WaitForOne(readiness, ready).ShouldBe(7, "it was not read yet");
        server.Receive(new byte[1]);
        readiness.Wait(ready, TimeSpan.Zero).ShouldBe(0);

        client.Send("y"u8);
        WaitForOne(readiness, ready).ShouldBe(7);
        readiness.Remove(server);
        readiness.Wait(ready, TimeSpan.Zero).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ConnectingSocket_IsReady_WhenItIsConnected_ThenWhenThereIsSomethingToRead(bool everywhere)
    {
        using var readiness = Make(everywhere);
        using var listener = Listen();
        using var client = Connect(listener);
        readiness.Add(client, 3, connecting: true);
        Span<int> ready = stackalloc int[4];
        WaitForOne(readiness, ready).ShouldBe(3);

        readiness.Connected(client, 3);
        readiness.Wait(ready, TimeSpan.Zero).ShouldBe(0);
        using var server = listener.Accept();
        server.Send("x"u8);
        WaitForOne(readiness, ready).ShouldBe(3);
    }

    private static Readiness Make(bool everywhere) => everywhere || !OperatingSystem.IsLinux() ? new Selection() : new Epoll();

    private static Socket Listen()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        return listener;
    }

    private static Socket Connect(Socket listener)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return client;
    }

    private static int WaitForOne(Readiness readiness, Span<int> ready)
    {
        int count;
        do
        {
            count = readiness.Wait(ready, Long); // May come back early.
        }
        while (count == 0);

        count.ShouldBe(1);
        return ready[0];
    }
}
