using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace SmartService.Benchmarks.Product;

/// <summary>
/// The product over HTTP in its own process, beside a bare Kestrel echo in its own process, under the same driver on the same
/// machine: messages through the whole path (HTTP in, understood, retrieved, decided, flushed, answered), bytes per open stream,
/// and the time from kill -9 to ready.
/// </summary>
internal static class ProductBench
{
    private const int Shoppers = 4_096;
    private const int Streams = 1_000;

    private const string Compiling = "dotnet_jit_compilation_time_seconds_total";

    /// <summary>Seconds of compiling in a second of a round.</summary>
    private const double MostCompiling = 0.03;

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(2);

    /// <summary>What the server's own metrics say a message costs.</summary>
    private static readonly (string Metric, string Name, string Unit, double Times)[] Costs =
    [
        ("dotnet_gc_heap_total_allocated_bytes_total", "allocated", "B", 1),
        ("dotnet_gc_pause_time_seconds_total", "pause of the collector", "µs", 1e6),
        (Compiling, "compiling", "µs", 1e6),
        ("dotnet_thread_pool_work_item_count_total", "thread pool items", "", 1),
        ("dotnet_monitor_lock_contentions_total", "contended locks", "", 1),
    ];

    private static readonly string[] Questions =
    [
        "Where is my order?", "How long does delivery take?", "Can I return an opened item?", "배송비는 얼마인가요?", "发票怎么开", "Which payment methods do you take?",
    ];

    /// <summary>Shoppers who wait for an answer at the same time, one connection each.</summary>
    public static int Connections { get; set; } = 64;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, TimeSpan time)
    {
        var figures = new List<Figure>();
        var echo = await EchoAsync(time);
        figures.Add(new("reference: bare Kestrel POST echo", echo.PerSecond, "requests/s"));
        figures.Add(new("reference: its p99", echo.Percentile(0.99) / 1000, "ms"));

        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var product = new ProductProcess(Path.Combine(folder, "data"));
        product.Start();
        await product.WaitUntilReadyAsync(http);
        var tokens = await OpenStoreAsync(product, http);
        await MeasureMessagesAsync(product, http, tokens, time, echo, figures);
        await MeasureStreamsAsync(product, tokens, figures);
        await MeasureRestartAsync(product, http, figures);
        return figures;
    }

    private static async Task<LoadResult> EchoAsync(TimeSpan time)
    {
        var port = ProductProcess.FreePort();
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { typeof(ProductBench).Assembly.Location, "echo-server", port.ToString(CultureInfo.InvariantCulture) },
        })!;
        try
        {
            using var http = new HttpClient();
            for (var tries = 0; ; tries++)
            {
                try
                {
                    using var up = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/echo"), new StringContent("{}"));
                    break;
                }
                catch (HttpRequestException) when (tries < 500)
                {
                    await Task.Delay(20);
                }
            }

            var body = HttpLoad.Post("/echo", "none", "{\"clientId\":\"m_00000000000000000000\",\"text\":\"Where is my order?\"}");
            await HttpLoad.RunAsync(port, Connections, TimeSpan.FromSeconds(2), _ => () => body);
            return await HttpLoad.RunAsync(port, Connections, time, _ => () => body);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<string[]> OpenStoreAsync(ProductProcess product, HttpClient http)
    {
        var made = await SendAsync(http, product, "/v1/tenants", product.AdminKey, new { id = "bench", name = "Bench", locale = "en", currency = "USD", timeZone = "UTC", origins = Array.Empty<string>() });
        var secret = made["secretKey"]!.GetValue<string>();
        await SendAsync(http, product, "/v1/tenant/policy", secret, HttpMethod.Put, Policy());
        var items = new JsonArray(
            Item("q1", "order.status", "Where is my order?", "Your order page shows every step of it."),
            Item("q2", "delivery.time", "How long does delivery take?", "Three working days."),
            Item("q3", "return.policy", "Can I return an opened item?", "Yes, within 30 days."),
            Item("q4", "payment.method", "Which payment methods do you take?", "Cards and bank transfer."));
        using var import = new HttpRequestMessage(HttpMethod.Post, new Uri(product.Address, "/v1/knowledge/import?format=json"))
        {
            Content = new StringContent(items.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        import.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (await http.SendAsync(import)).EnsureSuccessStatusCode();

        var publishable = made["publishableKey"]!.GetValue<string>();
        var tokens = new string[Shoppers];
        for (var i = 0; i < Shoppers; i++)
        {
            tokens[i] = (await SendAsync(http, product, "/v1/shopper/sessions", publishable, new { session = $"s_{i:00000000}" }))["token"]!.GetValue<string>();
        }

        return tokens;
    }

    private static object Policy() => new
    {
        tone = "friendly",
        forbiddenWords = Array.Empty<string>(),
        messagesPerMinute = 600,
        popups = new { enabled = true, perSession = 2, perDay = 4, pauseSeconds = 60, holdoutShare = 0.05, minProbability = 0.35 },
        bot = new { answerFrom = 0.5, clarifyFrom = 0.25, maxClarifications = 1, autonomy = true },
    };

    private static JsonObject Item(string id, string intent, string question, string answer) => new()
    {
        ["id"] = id, ["intent"] = intent, ["question"] = question, ["variants"] = new JsonArray(), ["answer"] = answer, ["locale"] = "en", ["actions"] = new JsonArray(),
    };

    private static async Task MeasureMessagesAsync(ProductProcess product, HttpClient http, string[] tokens, TimeSpan time, LoadResult echo, List<Figure> figures)
    {
        figures.Add(new("warm-up until the runtime has compiled what is hot", await WarmUpAsync(product, http, tokens), "s"));
        var before = await product.MetricsAsync(http);
        var cpu = product.CpuSeconds;
        var result = await HttpLoad.RunAsync(product.Port, Connections, time, c => Messages(tokens, c, "m"));
        cpu = product.CpuSeconds - cpu;
        var after = await product.MetricsAsync(http);
        figures.Add(new("messages through the whole path", result.PerSecond, "messages/s"));
        figures.Add(new("  p50", result.Percentile(0.5) / 1000, "ms"));
        figures.Add(new("  p99", result.Percentile(0.99) / 1000, "ms"));
        figures.Add(new("  refused", result.Refused, "requests"));
        figures.Add(new("  server CPU per message", cpu * 1e6 / Math.Max(1, result.Answered), "µs"));
        foreach (var (metric, name, unit, times) in Costs)
        {
            figures.Add(new($"  {name} per message", (after[metric] - before[metric]) * times / Math.Max(1, result.Answered), unit));
        }

        figures.Add(new("  of bare Kestrel", 100 * result.PerSecond / echo.PerSecond, "%"));
    }

    /// <summary>Rounds of load until the compiler takes next to nothing of one: until then a good part of the processor is its.</summary>
    private static async Task<double> WarmUpAsync(ProductProcess product, HttpClient http, string[] tokens)
    {
        var clock = Stopwatch.StartNew();
        for (var round = 0; ; round++)
        {
            var (compiled, began) = ((await product.MetricsAsync(http))[Compiling], clock.Elapsed);
            await HttpLoad.RunAsync(product.Port, Connections, TimeSpan.FromSeconds(5), c => Messages(tokens, c, $"w{round}"));
            compiled = (await product.MetricsAsync(http))[Compiling] - compiled;
            if (compiled < MostCompiling * (clock.Elapsed - began).TotalSeconds || clock.Elapsed > LongestWarmUp)
            {
                return clock.Elapsed.TotalSeconds;
            }
        }
    }

    /// <summary>Every few messages a new conversation, as shoppers have them; each request is made before its clock starts.</summary>
    private static Func<ReadOnlyMemory<byte>> Messages(string[] tokens, int connection, string prefix)
    {
        const int PerConversation = 6;
        var sent = 0;
        return () =>
        {
            var shopper = ((connection * 64) + (sent / PerConversation)) % tokens.Length;
            var json = string.Create(
                CultureInfo.InvariantCulture, $"{{\"clientId\":\"{prefix}_{connection:0000}{sent:0000000000}\",\"text\":\"{Questions[sent % Questions.Length]}\"}}");
            var path = string.Create(CultureInfo.InvariantCulture, $"/v1/shopper/conversations/c{prefix}_{connection:0000}{sent / PerConversation:00000000}/messages");
            sent++;
            return HttpLoad.Post(path, tokens[shopper], json);
        };
    }

    private static async Task MeasureStreamsAsync(ProductProcess product, string[] tokens, List<Figure> figures)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        await Task.Delay(2_000);
        var before = product.ResidentBytes;
        var open = new List<HttpResponseMessage>(Streams);
        try
        {
            for (var i = 0; i < Streams; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(product.Address, "/v1/shopper/stream"));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[i % tokens.Length]);
                var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                response.EnsureSuccessStatusCode();
                open.Add(response);
            }

            await Task.Delay(2_000);
            figures.Add(new("resident bytes per open stream", (product.ResidentBytes - before) / (double)Streams, "B"));
        }
        finally
        {
            open.ForEach(r => r.Dispose());
        }
    }

    private static async Task MeasureRestartAsync(ProductProcess product, HttpClient http, List<Figure> figures)
    {
        await product.KillAsync();
        var clock = Stopwatch.StartNew();
        product.Start();
        await product.WaitUntilReadyAsync(http);
        figures.Add(new("kill -9 to ready", clock.Elapsed.TotalMilliseconds, "ms"));
    }

    private static Task<JsonNode> SendAsync(HttpClient http, ProductProcess product, string path, string key, object body) =>
        SendAsync(http, product, path, key, HttpMethod.Post, body);

    private static async Task<JsonNode> SendAsync(HttpClient http, ProductProcess product, string path, string key, HttpMethod method, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(product.Address, path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length == 0 ? "{}" : text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
