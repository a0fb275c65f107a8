using System.Globalization;
using System.Text;

namespace SmartService.Drill.Abuse;

/// <summary>Connections that send their request a byte at a time, half of them its headers, half of them its body.</summary>
internal sealed class Slowloris : Attack
{
    /// <summary>Far above the server's longest patience with headers, 15 s: a machine that does other things ends it later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public override string Name => "slowloris";

    public override string Question => "Do connections that send a byte a second cost anybody but themselves?";

    public override (int Short, int Long) Size => (200, 5_000);

    public override async Task RunAsync(Ground ground, CancellationToken ct)
    {
        var cut = 0;
        await Parallel.ForAsync(0, ground.Size, new ParallelOptions { MaxDegreeOfParallelism = ground.Size, CancellationToken = ct }, async (i, token) =>
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
            over.CancelAfter(Patience);
            try
            {
                using var connection = await RawClient.ConnectAsync(ground.Store.Address, over.Token);
                var head = i % 2 == 0
                    ? "GET /healthz HTTP/1.1\r\nHost: drill\r\nX-Slow: "
                    : $"POST /v1/shopper/visits HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {ground.Store.Shoppers[0].Token}\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n";
                for (var alive = await connection.TrySendAsync(head, over.Token); alive; alive = await connection.TrySendAsync("a", over.Token))
                {
                    var (_, closed) = await connection.ReadAsync(TimeSpan.FromSeconds(1), over.Token);
                    if (closed)
                    {
                        break;
                    }
                }

                Interlocked.Increment(ref cut);
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                // Still open when patience ended: not counted as cut off.
                return;
            }
        });
        ground.Note("connections", ground.Size);
        ground.Note("cutOff", cut);
        ground.Must(cut == ground.Size, $"{ground.Size - cut} of {ground.Size} connections that send a byte a second were still open after {Patience.TotalSeconds:0} s.");
    }
}

/// <summary>More connections than the server takes, opened as fast as they can be, silent or gone again.</summary>
internal sealed class ConnectionFlood : Attack
{
    private const int Most = 400;

    public override string Name => "connection-flood";

    public override string Question => "Do those who are connected notice when a crowd comes that says nothing?";

    public override (int Short, int Long) Size => (3_000, 100_000);

    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["SmartService:Gateway:MaxConnections"] = Most.ToString(CultureInfo.InvariantCulture), ["SmartService:Gateway:MaxStreams"] = "100",
    };

    public override async Task RunAsync(Ground ground, CancellationToken ct)
    {
        var (opened, refused, held) = (0, 0, new System.Collections.Concurrent.ConcurrentQueue<RawClient>());
        await Parallel.ForAsync(0, ground.Size, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = ct }, async (i, token) =>
        {
            try
            {
                var connection = await RawClient.ConnectAsync(ground.Store.Address, token);
                Interlocked.Increment(ref opened);
                if (held.Count < 2 * Most && i % 2 == 0)
                {
                    held.Enqueue(connection); // Silent for the rest of the attack.
                    return;
                }

                connection.Dispose();
            }
            catch (System.Net.Sockets.SocketException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        foreach (var connection in held)
        {
            connection.Dispose();
        }

        var after = await AskAsync(ground, ct);
        ground.Note("connections", opened);
        ground.Note("refusedBySystem", refused);
        ground.Must(after, "After the flood had gone, no new connection was answered within 30 s.");
    }

    private static async Task<bool> AskAsync(Ground ground, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            using var connection = await RawClient.ConnectAsync(ground.Store.Address, ct);
            await connection.TrySendAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: drill\r\nConnection: close\r\n\r\n"), ct);
            var (text, _) = await connection.ReadAsync(TimeSpan.FromMilliseconds(500), ct, firstWithin: TimeSpan.FromSeconds(30));
            if (RawClient.Statuses(text) is [200])
            {
                return true;
            }

            await Task.Delay(200, ct);
        }

        return false;
    }
}
