using System.Net.Sockets;

namespace SmartService.Drills.Wire;

/// <summary>
/// Tells one thread which of its sockets have something for it. Asked now and then for all of them at once: a wake-up of its own for
/// every answer costs more than everything else the driver does for it. Not thread-safe.
/// </summary>
internal abstract class Readiness : IDisposable
{
    public static Readiness Create() => OperatingSystem.IsLinux() ? new Epoll() : new Selection();

    /// <param name="id">Told back when the socket is ready; 0 or more.</param>
    /// <param name="connecting">Ready is then that it is connected, or that it cannot be.</param>
    public abstract void Add(Socket socket, int id, bool connecting = false);

    /// <summary>It is connected: from now on ready means that there is something to read.</summary>
    public abstract void Connected(Socket socket, int id);

    /// <summary>Before it is closed.</summary>
    public abstract void Remove(Socket socket);

    /// <summary>Waits for the first that is ready, if none is; zero only looks. May come back early with none.</summary>
    /// <param name="ready">Filled with ids; more may be ready when it is full.</param>
    /// <returns>How many ids.</returns>
    public abstract int Wait(Span<int> ready, TimeSpan atMost);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
