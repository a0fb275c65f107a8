using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmartService.Drills.Stores;

namespace SmartService.Drill.Abuse;

/// <summary>Streams that break and come back all the time while popups are offered on them.</summary>
internal sealed class Reconnects : Attack
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    /// <summary>A machine that does other things shows the first popup later, and reads the journal slower.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const int OrdersEach = 3;
    private static readonly string[] Pages = ["orders", "order", "tracking", "orders", "checkout", "order", "policy"];

    public override string Name => "reconnects";

    public override string Question => "Does a shopper whose stream breaks all the time get each popup once?";

    public override (int Short, int Long) Size => (500, 10_000);

    /// <summary>Popups are what is looked at: they must not pause because the machine is busy with breaking streams.</summary>
    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["SmartService:Peak:Enabled"] = "false" };

    public override int Shoppers(int size) => Math.Clamp(size / 20, 20, 500);

    public override async Task RunAsync(Ground ground, CancellationToken ct)
    {
        await PrepareAsync(ground, ct);
        var (reconnects, left) = (0, ground.Size);
        var (shown, doubled, missed, strange) = (0, 0, 0, 0);
        await Parallel.ForAsync(0, ground.Store.Shoppers.Count, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = ct }, async (i, token) =>
        {
            var shopper = ground.Store.Shoppers[i];
            var seen = new List<(long Position, string Popup)>();
            var (last, chance, turn) = (shopper.Position, ground.Chance(i), 0);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await VisitAsync(ground.Store, shopper, i, turn++, token);
                last = await ListenAsync(ground.Store, shopper, last, TimeSpan.FromMilliseconds(20 + chance.Below(300)), seen, token);
                Interlocked.Increment(ref reconnects);
            }

            // What was still under way comes now; then the journal says what there was up to where this shopper got: what is later was not missed.
            var settling = Stopwatch.StartNew();
            do
            {
                last = await ListenAsync(ground.Store, shopper, last, Settle, seen, token);
            }
            while (seen.Count == 0 && Volatile.Read(ref shown) == 0 && settling.Elapsed < Patience);
            var all = new List<(long Position, string Popup)>();
            await ListenAsync(ground.Store, shopper, shopper.Position, Patience, all, token, upTo: last);
            all.RemoveAll(p => p.Position > last);
            Interlocked.Add(ref shown, seen.Count);
            Interlocked.Add(ref doubled, seen.Count - seen.Distinct().Count());
            Interlocked.Add(ref missed, all.Except(seen).Count());
            Interlocked.Add(ref strange, seen.Except(all).Count());
        });
        ground.Note("reconnects", reconnects);
        ground.Note("popupsShown", shown);
        ground.Note("popupsTwice", doubled);
        ground.Note("popupsMissed", missed);
        ground.Must(shown > 0, "No popup came at all: nothing was tested.");
        ground.Must(doubled == 0, $"{doubled} popups were shown twice.");
        ground.Must(missed == 0, $"{missed} popups were never shown.");
        ground.Must(strange == 0, $"{strange} popups were shown that the journal does not have.");
    }

    /// <summary>Parcels that are late, so that there is something to say, and a store that wants it said.</summary>
    private static async Task PrepareAsync(Ground ground, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = ground.Store.Address, Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", ground.Store.Merchants[0].SecretKey);
        await SendAsync(HttpMethod.Put, "/v1/tenant/policy", "{\"popups\":{\"enabled\":true,\"perSession\":20,\"perDay\":50,\"pauseSeconds\":0,\"holdoutShare\":0,\"minProbability\":0.05,\"precision\":0.3}}");
        var (placed, promised) = (DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-4));
        await Parallel.ForAsync(0, ground.Store.Shoppers.Count * OrdersEach, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (i, _) =>
        {
            var order = string.Create(CultureInfo.InvariantCulture, $"/v1/orders/O{ground.Store.Run}{i:x5}");
            await SendAsync(HttpMethod.Put, order, string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"customer\":\"{ground.Store.Shoppers[i / OrdersEach].Customer}\",\"lines\":[{{\"product\":\"p1\",\"name\":\"Jacket\",\"quantity\":1,\"unitPrice\":24}}],\"total\":24,\"currency\":\"USD\",\"placedAt\":\"{placed:O}\",\"promisedAt\":\"{promised:O}\"}}"));
            await SendAsync(HttpMethod.Post, order + "/payment", $"{{\"operationId\":\"pay-{i:x8}\",\"state\":\"paid\",\"method\":\"card\"}}");
            await SendAsync(HttpMethod.Post, order + "/shipment", string.Create(
                CultureInfo.InvariantCulture, $"{{\"carrier\":\"CJ\",\"number\":\"{64812 + i}\",\"promisedAt\":\"{promised:O}\",\"eta\":\"{DateTimeOffset.UtcNow.AddDays(2):O}\"}}"));
        });

        async Task SendAsync(HttpMethod method, string path, string body)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await http.SendAsync(request, ct);
            ground.Must(answer.IsSuccessStatusCode, $"{method} {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
        }
    }

    private static async Task VisitAsync(Store store, Shopper shopper, int number, int turn, CancellationToken ct)
    {
        var page = Pages[turn % Pages.Length];
        var error = page is "checkout" or "payment" ? ",\"error\":\"payment_declined\"" : "";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"visits\":[{{\"id\":\"rv{store.Run}{number:x4}{turn:x4}\",\"session\":\"rs{store.Run}{number:x4}{turn / 7:x4}\",\"at\":\"{DateTimeOffset.UtcNow:O}\",\"page\":\"{page}\",\"subject\":\"p{turn % 9}\",\"dwellSeconds\":30{error}}}]}}");
        using var connection = await RawClient.ConnectAsync(store.Address, ct);
        await connection.TrySendAsync(
            Encoding.UTF8.GetBytes($"POST /v1/shopper/visits HTTP/1.1\r\nHost: drill\r\nConnection: close\r\nAuthorization: Bearer {shopper.Token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"), ct);
        await connection.ReadAsync(TimeSpan.FromSeconds(10), ct);
    }

    /// <summary>Opens the stream after the last event seen, listens for a while, and breaks it wherever it is.</summary>
    /// <param name="upTo">Listens no longer than until it has this event.</param>
    /// <returns>The last event seen now.</returns>
    private static async Task<long> ListenAsync(
        Store store, Shopper shopper, long after, TimeSpan time, List<(long Position, string Popup)> popups, CancellationToken ct, long upTo = long.MaxValue)
    {
        using var connection = await RawClient.ConnectAsync(store.Address, ct);
        await connection.TrySendAsync(Drills.Wire.HttpBytes.OfStream(shopper.Token, after), ct);
        var (text, clock, buffer) = (new StringBuilder(), Stopwatch.StartNew(), new byte[16 * 1024]);
        while (clock.Elapsed < time && (upTo == long.MaxValue || Take(text.ToString(), after, []) < upTo))
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(time - clock.Elapsed > TimeSpan.FromMilliseconds(1) ? time - clock.Elapsed : TimeSpan.FromMilliseconds(1));
            try
            {
                var read = await connection.ReceiveAsync(buffer, patience.Token);
                if (read == 0)
                {
                    break;
                }

                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                break;
            }
        }

        return Take(text.ToString(), after, popups);
    }

    /// <summary>Whole events only, as a browser takes them: what was cut off comes again.</summary>
    private static long Take(string text, long last, List<(long Position, string Popup)> popups)
    {
        // Chunk sizes stand between the events; an event itself is one chunk or more, so they are taken out first.
        var events = Unchunk(text);
        for (int at = 0, end; (end = events.IndexOf("\n\n", at, StringComparison.Ordinal)) >= 0; at = end + 2)
        {
            var lines = events[at..end].Split('\n');
            var id = lines.FirstOrDefault(l => l.StartsWith("id: ", StringComparison.Ordinal));
            last = id is null ? last : long.Parse(id.AsSpan(4), CultureInfo.InvariantCulture);
            if (lines.Contains("event: popup"))
            {
                var data = lines.First(l => l.StartsWith("data: ", StringComparison.Ordinal));
                popups.Add((last, data.Split("\"id\":\"")[1].Split('"')[0]));
            }
        }

        return last;
    }

    private static string Unchunk(string text)
    {
        var (result, at) = (new StringBuilder(), text.IndexOf("\r\n\r\n", StringComparison.Ordinal));
        if (at < 0)
        {
            return "";
        }

        // Sizes count bytes; all that is looked for is ASCII, so bytes are read as such.
        var bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text[(at + 4)..]));
        for (at = 0; bytes.IndexOf("\r\n", at, StringComparison.Ordinal) is >= 0 and var end;)
        {
            if (!int.TryParse(bytes.AsSpan(at, end - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || end + 2 + size > bytes.Length)
            {
                break;
            }

            result.Append(bytes, end + 2, size);
            at = end + 2 + size + 2;
            if (at > bytes.Length)
            {
                break;
            }
        }

        return result.ToString();
    }
}

/// <summary>Streams whose readers never read, of all that happens in a busy store.</summary>
internal sealed class NeverReaders : Attack
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public override string Name => "never-readers";

    public override string Question => "Are streams that nobody reads cut off, without costing the others or the memory?";

    public override (int Short, int Long) Size => (100, 1_000);

    public override async Task RunAsync(Ground ground, CancellationToken ct)
    {
        var before = await ground.Server.ResidentMegabytesAsync(ct);
        var agent = ground.Store.Merchants[0].AgentKey;
        var streams = new ConcurrentBag<RawClient>();
        await Parallel.ForAsync(0, ground.Size, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = ct }, async (i, token) =>
        {
            var stream = await RawClient.ConnectAsync(ground.Store.Address, token, receiveBuffer: 2_048);
            streams.Add(stream);

            // Every third one is a shopper's, on which little happens: it costs nothing, and is cut off only when something must be said.
            await stream.TrySendAsync(i % 3 == 2
                ? Drills.Wire.HttpBytes.OfStream(ground.Store.Shoppers[i % ground.Store.Shoppers.Count].Token, 0)
                : Encoding.ASCII.GetBytes($"GET /v1/staff/stream HTTP/1.1\r\nHost: drill\r\nAuthorization: Bearer {agent}\r\nAccept: text/event-stream\r\n\r\n"), token);
        });

        var (clock, peak, open, staff, round) = (Stopwatch.StartNew(), before, (double)ground.Size, ground.Size - (ground.Size / 3), 0);
        while (clock.Elapsed < Patience && open > ground.Size - staff)
        {
            await FillAsync(ground, round++, ct);
            open = await ground.Server.FigureAsync("smartservice_streams_open", ct);
            peak = Math.Max(peak, await ground.Server.ResidentMegabytesAsync(ct));
        }

        ground.Note("streams", ground.Size);
        ground.Note("staffStreams", staff);
        ground.Note("openAtTheEnd", open);
        ground.Note("cutOffAfterSeconds", clock.Elapsed.TotalSeconds);
        ground.Note("residentMegabytesBefore", before);
        ground.Note("residentMegabytesMost", peak);
        ground.Note("kilobytesEachMost", (peak - before) * 1024 / ground.Size);
        ground.Must(open <= ground.Size - staff, $"{open - (ground.Size - staff):0} streams that nobody reads were still open after {Patience.TotalMinutes:0} minutes.");
        foreach (var stream in streams)
        {
            stream.Dispose();
        }
    }

    /// <summary>Long messages, so that the little that is buffered for each is soon full.</summary>
    private static async Task FillAsync(Ground ground, int round, CancellationToken ct)
    {
        await Parallel.ForAsync(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (i, token) =>
        {
            var shopper = ground.Store.Shoppers.Where(s => s.Merchant == 0).ElementAt(i % ground.Store.Shoppers.Count(s => s.Merchant == 0));
            var body = string.Create(CultureInfo.InvariantCulture, $"{{\"clientId\":\"fill{round:x6}{i:x2}\",\"text\":\"{new string('a', 3_900)}\"}}");
            using var connection = await RawClient.ConnectAsync(ground.Store.Address, token);
            await connection.TrySendAsync(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"POST /v1/shopper/conversations/fill{ground.Store.Run}{i:x2}{round / 100:x4}/messages HTTP/1.1\r\nHost: drill\r\nConnection: close\r\nAuthorization: Bearer {shopper.Token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}")), token);
            await connection.ReadAsync(TimeSpan.FromSeconds(5), token);
        });
        await Task.Delay(100, ct);
    }
}
