using System.Net.Sockets;

namespace SmartService.Drills.Wire;

/// <summary>The way that is everywhere: all sockets are looked at each time.</summary>
internal sealed class Selection : Readiness
{
    private readonly Dictionary<Socket, int> _reading = [];
    private readonly Dictionary<Socket, int> _connecting = [];
    private readonly List<Socket> _reads = [];
    private readonly List<Socket> _writes = [];
    private readonly List<Socket> _errors = [];

    public override void Add(Socket socket, int id, bool connecting = false) => (connecting ? _connecting : _reading)[socket] = id;

    public override void Connected(Socket socket, int id)
    {
        _connecting.Remove(socket);
        _reading[socket] = id;
    }

    public override void Remove(Socket socket)
    {
        _connecting.Remove(socket);
        _reading.Remove(socket);
    }

    public override int Wait(Span<int> ready, TimeSpan atMost)
    {
        Fill(_reads, _reading.Keys);
        Fill(_writes, _connecting.Keys);
        Fill(_errors, _connecting.Keys);
        if (_reads.Count + _writes.Count == 0)
        {
            Thread.Sleep(atMost);
            return 0;
        }

        Socket.Select(_reads, _writes, _errors, atMost);
        var count = 0;
        foreach (var socket in _reads.Concat(_writes).Concat(_errors).Distinct())
        {
            if (count < ready.Length)
            {
                ready[count++] = _reading.TryGetValue(socket, out var id) ? id : _connecting[socket];
            }
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _reading.Clear();
        _connecting.Clear();
    }

    private static void Fill(List<Socket> list, IEnumerable<Socket> sockets)
    {
        list.Clear();
        list.AddRange(sockets);
    }
}
