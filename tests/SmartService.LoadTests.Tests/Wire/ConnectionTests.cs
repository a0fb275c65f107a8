using System.Net;
using System.Net.Sockets;
using SmartService.Drills.Wire;

namespace SmartService.LoadTests.Tests.Wire;

public sealed class ConnectionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public void RequestThatTheServerReadsInPieces_ArrivesWhole_AndOnce()
    {
        // Far more than the two sockets hold: every send but the last takes a part and would then block.
        var bytes = new byte[32 * 1024 * 1024];
        new Random(3).NextBytes(bytes);
        using var readiness = Readiness.Create();
        using var listener = Listener();
        var connection = new Connection(0);
        connection.Connect(listener.LocalEndPoint!, readiness).ShouldBeTrue();
        using var server = listener.Accept();
        if (connection.IsConnecting)
        {
            connection.FinishConnecting(readiness).ShouldBeTrue();
        }

        connection.TrySend(new Exchange(), bytes).ShouldBeTrue();
        connection.HasUnsent.ShouldBeTrue("nobody has read yet");
        var (received, room) = (new byte[bytes.Length], 0);
        while (room < received.Length)
        {
            server.Poll(Long, SelectMode.SelectRead).ShouldBeTrue();
            room += server.Receive(received, room, Math.Min(received.Length - room, 300_000), SocketFlags.None);
            (!connection.HasUnsent || connection.TrySendRest()).ShouldBeTrue();
        }

        received.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        connection.HasUnsent.ShouldBeFalse();
        connection.Close(readiness);
        server.Receive(new byte[1]).ShouldBe(0, "nothing came twice");
    }

    [Fact]
    public void ServerThatClosesAfterItsAnswer_IsConnectedToAgain_AtOnce()
    {
        using var readiness = Readiness.Create();
        using var listener = Listener();
        var owner = new Counting();
        using var connections = new Connections(listener.LocalEndPoint!, 1, 1, readiness, owner);
        Span<int> ready = stackalloc int[1];
        for (var round = 1; round <= 5; round++)
        {
            connections.Send(new Exchange());
            connections.Tend(); // Once only: one that rested would open nothing.
            listener.Poll(Long, SelectMode.SelectRead).ShouldBeTrue($"in round {round}");
            using var server = listener.Accept();
            var isAnswered = false;
            while (owner.Answers < round)
            {
                if (readiness.Wait(ready, Long) > 0)
                {
                    connections.Ready(ready[0]);
                }

                if (!isAnswered && server.Poll(TimeSpan.Zero, SelectMode.SelectRead))
                {
                    server.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
                    isAnswered = true;
                }
            }
        }

        (owner.Broken, connections.NotBefore).ShouldBe((0, 0));
    }

    [Fact]
    public void ServerThatClosesWithoutAnAnswer_IsLeftAloneForAWhile()
    {
        using var readiness = Readiness.Create();
        using var listener = Listener();
        var owner = new Counting();
        using var connections = new Connections(listener.LocalEndPoint!, 1, 1, readiness, owner);
        connections.Send(new Exchange());
        connections.Tend();
        listener.Poll(Long, SelectMode.SelectRead).ShouldBeTrue();
        listener.Accept().Dispose();
        Span<int> ready = stackalloc int[1];
        while (owner.Broken == 0)
        {
            if (readiness.Wait(ready, Long) > 0)
            {
                connections.Ready(ready[0]);
            }
        }

        connections.NotBefore.ShouldBeGreaterThan(0);
    }

    private static Socket Listener()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(8);
        return listener;
    }

    private sealed class Counting : IExchangeOwner
    {
        public int Answers { get; private set; }

        public int Broken { get; private set; }

        public ReadOnlySpan<byte> BytesOf(Exchange exchange) => "GET / HTTP/1.1\r\nHost: test\r\n\r\n"u8;

        public void Answered(Exchange exchange, in HttpAnswer answer, long received) => Answers++;

        public void Broke(Exchange exchange) => Broken++;
    }
}
