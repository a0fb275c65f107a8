using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartService.LoadTests.Tests.Runs;

/// <summary>A server that does exactly what a test wants, on 127.0.0.1.</summary>
/// <param name="answer">From a request and how often it has come, the answer; null breaks the connection.</param>
internal sealed class FakeServer(Func<string, int, Task<string?>> answer) : IAsyncDisposable
{
    public const string Kept = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"number\":1}";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, int> _times = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];

    /// <summary>First line and body of every request, in the order they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Start()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _clients.Add(client);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            _listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            while (await ReadAsync(reader) is { } request)
            {
                Requests.Enqueue(request);
                if (await answer(request, _times.AddOrUpdate(request, 1, (_, n) => n + 1)) is not { } text)
                {
                    client.Dispose();
                    return;
                }

                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }

    private static async Task<string?> ReadAsync(StreamReader reader)
    {
        var first = await reader.ReadLineAsync();
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            length = line.StartsWith("Content-Length: ", StringComparison.Ordinal) ? int.Parse(line[16..], CultureInfo.InvariantCulture) : length;
        }

        var body = new char[length];
        if (length > 0)
        {
            await reader.ReadBlockAsync(body); // Of nothing it would wait for more than nothing.
        }

        return first is null ? null : first + new string(body);
    }
}
