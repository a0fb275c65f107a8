using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace SmartService.Benchmarks.Product;

/// <summary>Open event streams over raw sockets, and when each of them has read a word.</summary>
internal sealed class OpenStreams : IDisposable
{
    private const int OpeningAtOnce = 64;
    private const int BufferBytes = 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly List<Socket> _sockets = [];
    private byte[] _word = [];
    private long[] _heardAt = [];
    private int _missing;
    private TaskCompletionSource _all = new();

    /// <param name="requests">What opens each stream.</param>
    public async Task OpenAsync(int port, IReadOnlyList<byte[]> requests)
    {
        var first = _heardAt.Length;
        Array.Resize(ref _heardAt, first + requests.Count);
        await Parallel.ForAsync(0, requests.Count, new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce }, async (i, _) =>
        {
            var socket = await HttpLoad.ConnectAsync(port);
            lock (_sockets)
            {
                _sockets.Add(socket);
            }

            await socket.SendAsync(requests[i], CancellationToken.None);
            var buffer = new byte[BufferBytes];
            var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (!buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException($"A stream was answered: {Encoding.UTF8.GetString(buffer, 0, read)}");
            }

            Listen(socket, buffer, first + i);
        });
    }

    /// <summary>Waits until every stream has read the word that is said then.</summary>
    /// <returns>Sorted, in milliseconds since it was said.</returns>
    public async Task<double[]> HearAsync(string word, Func<Task> say)
    {
        Array.Clear(_heardAt);
        (_missing, _all) = (_heardAt.Length, new(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _word, Encoding.UTF8.GetBytes(word));
        var said = Stopwatch.GetTimestamp();
        await say();
        await _all.Task.WaitAsync(Patience);
        var times = Array.ConvertAll(_heardAt, at => Stopwatch.GetElapsedTime(said, at).TotalMilliseconds);
        Array.Sort(times);
        return times;
    }

    public void Dispose() => _sockets.ForEach(s => s.Dispose());

    /// <summary>Until the socket is closed; what goes wrong before fails who waits for a word.</summary>
    private async void Listen(Socket socket, byte[] buffer, int stream)
    {
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is > 0 and var read)
            {
                if (Volatile.Read(ref _word) is { Length: > 0 } word && _heardAt[stream] == 0 && buffer.AsSpan(0, read).IndexOf(word) >= 0)
                {
                    _heardAt[stream] = Stopwatch.GetTimestamp();
                    if (Interlocked.Decrement(ref _missing) == 0)
                    {
                        _all.TrySetResult();
                    }
                }
            }

            _all.TrySetException(new IOException("The server closed a stream."));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _all.TrySetException(e);
        }
    }
}
