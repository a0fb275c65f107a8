using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SmartService.Drills.Wire;

/// <summary>Linux's way: what is not ready costs nothing.</summary>
/// <remarks>epoll(7), ppoll(2). The event's struct is packed on x86 only.</remarks>
internal sealed class Epoll : Readiness
{
    private const int MostAtOnce = 64;
    private const int CloseOnExec = 0x80000;
    private const int Append = 1, Delete = 2, Modify = 3;
    private const uint In = 1, Out = 4;
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 12 : 16;
    private static readonly int DataAt = EventBytes - 8;

    private readonly byte[] _events = new byte[MostAtOnce * EventBytes];
    private readonly byte[] _event = new byte[EventBytes];
    private int _epoll = CreateEpoll(CloseOnExec);

    public override void Add(Socket socket, int id, bool connecting = false) => Control(Append, socket, id, connecting ? Out : In);

    public override void Connected(Socket socket, int id) => Control(Modify, socket, id, In);

    public override void Remove(Socket socket) => Control(Delete, socket, 0, 0);

    public override int Wait(Span<int> ready, TimeSpan atMost)
    {
        if (atMost > TimeSpan.Zero)
        {
            // epoll_wait's own clock knows whole milliseconds only.
            var me = new Polled { File = _epoll, Wanted = (short)In };
            var left = new TimeSpec(atMost);
            if (Poll(ref me, 1, ref left, 0) <= 0)
            {
                return 0;
            }
        }

        var count = WaitEpoll(_epoll, ref _events[0], Math.Min(MostAtOnce, ready.Length), 0);
        for (var i = 0; i < count; i++)
        {
            ready[i] = MemoryMarshal.Read<int>(_events.AsSpan((i * EventBytes) + DataAt));
        }

        return Math.Max(0, count); // A signal ends a wait; the next look sees the same.
    }

    protected override void Dispose(bool disposing)
    {
        if (_epoll >= 0)
        {
            _ = Close(_epoll);
            _epoll = -1;
        }
    }

    private void Control(int operation, Socket socket, int id, uint wanted)
    {
        MemoryMarshal.Write(_event, wanted);
        MemoryMarshal.Write(_event.AsSpan(DataAt), (long)id);
        if (ControlEpoll(_epoll, operation, (int)socket.Handle, ref _event[0]) != 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "epoll_create1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int CreateEpoll(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int ControlEpoll(int epoll, int operation, int file, ref byte wanted);

    [DllImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int WaitEpoll(int epoll, ref byte events, int most, int milliseconds);

    [DllImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Poll(ref Polled files, nuint count, ref TimeSpec atMost, nint signals);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int file);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int File;
        public short Wanted;
        public short Came;
    }
}
