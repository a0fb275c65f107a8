using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartService.Benchmarks.Product;

/// <summary>What a closed loop of requests measured.</summary>
/// <param name="Latencies">Sorted, in microseconds, one per answered request.</param>
internal sealed record LoadResult(long Answered, long Refused, double Seconds, int[] Latencies)
{
    public double PerSecond => Answered / Seconds;

    public double Percentile(double p) => Latencies.Length == 0 ? 0 : Latencies[Math.Min(Latencies.Length - 1, (int)(p * Latencies.Length))];
}

/// <summary>
/// A closed loop over raw sockets: each connection sends a request, waits for its answer, sends the next. HttpClient would cost
/// more CPU than the server under test; both the product and its reference are driven by this same loop.
/// </summary>
internal static class HttpLoad
{
    private const int MaxAnswer = 64 * 1024;
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    /// <param name="requests">Per connection, the bytes of its next request.</param>
    public static async Task<LoadResult> RunAsync(int port, int connections, TimeSpan time, Func<int, Func<ReadOnlyMemory<byte>>> requests)
    {
        using var stop = new CancellationTokenSource(time);
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(Enumerable.Range(0, connections).Select(c => Task.Run(() => ConnectionAsync(port, requests(c), stop.Token))));
        var seconds = clock.Elapsed.TotalSeconds;
        var latencies = runs.SelectMany(r => r.Latencies).ToArray();
        Array.Sort(latencies);
        return new(latencies.Length, runs.Sum(r => r.Refused), seconds, latencies);
    }

    /// <summary>Sends requests until there are none; all of them must be answered with success.</summary>
    public static Task RunToEndAsync(int port, int connections, Func<ReadOnlyMemory<byte>?> next) => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
    {
        using var socket = await ConnectAsync(port);
        var buffer = new byte[MaxAnswer];
        while (next() is { } request)
        {
            await socket.SendAsync(request, CancellationToken.None);
            var status = await ReadAnswerAsync(socket, buffer);
            if (status is < 200 or >= 300)
            {
                throw new InvalidOperationException($"{Encoding.UTF8.GetString(request.Span)} was answered {status}.");
            }
        }
    })));

    public static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), CancellationToken.None);
        return socket;
    }

    public static byte[] Get(string path, string token) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n");

    public static byte[] Post(string path, string token, string json) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"));

    private static async Task<(List<int> Latencies, long Refused)> ConnectionAsync(int port, Func<ReadOnlyMemory<byte>> next, CancellationToken stop)
    {
        using var socket = await ConnectAsync(port);
        var latencies = new List<int>(1 << 16);
        var refused = 0L;
        var buffer = new byte[MaxAnswer];
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await socket.SendAsync(next(), CancellationToken.None);
            var status = await ReadAnswerAsync(socket, buffer);
            if (status is >= 200 and < 300)
            {
                latencies.Add((int)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
            else
            {
                refused++;
            }
        }

        return (latencies, refused);
    }

    /// <summary>Reads one answer whole; returns its status.</summary>
    private static async ValueTask<int> ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf(HeaderEnd);
            if (end >= 0 && IsWhole(buffer.AsSpan(0, filled), end + HeaderEnd.Length))
            {
                return ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + (buffer[11] - '0');
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer, int bodyAt)
    {
        var headers = answer[..bodyAt];
        var length = headers.IndexOf("\r\nContent-Length: "u8);
        length = length >= 0 ? length : headers.IndexOf("\r\ncontent-length: "u8); // As a proxy writes it.
        if (length >= 0)
        {
            var digits = headers[(length + 18)..];
            return answer.Length - bodyAt >= int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
        }

        return headers.IndexOf("ransfer-"u8) < 0 || // Transfer-Encoding, or as a proxy writes it: chunked.
            answer.EndsWith("0\r\n\r\n"u8);
    }
}
