using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace SmartService.Benchmarks.Product;

/// <summary>
/// The product over HTTP in its own process, beside a bare Kestrel echo in its own process, under the same driver on the same
/// machine: messages through the whole path (HTTP in, understood, retrieved, decided, flushed, answered), bytes per open stream,
/// and the time from kill -9 to ready.
/// </summary>
internal static class ProductBench
{
    private const int Streams = 1_000;

    private const string Compiling = "dotnet_jit_compilation_time_seconds_total";

    /// <summary>Threads that take a smaller share of the processor are not listed.</summary>
    private const double LeastShown = 0.005;

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

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        var figures = new List<Figure>();
        var echo = await EchoAsync(settings);
        figures.Add(new("reference: bare Kestrel POST echo", echo.PerSecond, "requests/s"));
        figures.Add(new("reference: its p99", echo.Percentile(0.99) / 1000, "ms"));

        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var product = new ProductProcess(Path.Combine(folder, "data"));
        product.Start();
        await product.WaitUntilReadyAsync(http);
        var load = await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http);
        await MeasureMessagesAsync(product, http, load, settings, echo, figures);
        await MeasureStreamsAsync(product, load.Tokens, figures);
        await MeasureRestartAsync(product, http, figures);
        return figures;
    }

    private static async Task<LoadResult> EchoAsync(BenchSettings settings)
    {
        using var server = await EchoProcess.StartAsync();
        await HttpLoad.RunAsync(server.Port, settings.Connections, TimeSpan.FromSeconds(2), _ => () => EchoProcess.Question);
        return await HttpLoad.RunAsync(server.Port, settings.Connections, settings.Time, _ => () => EchoProcess.Question);
    }

    private static async Task MeasureMessagesAsync(
        ProductProcess product, HttpClient http, ShopperLoad load, BenchSettings settings, LoadResult echo, List<Figure> figures)
    {
        figures.Add(new("warm-up until the runtime has compiled what is hot", await WarmUpAsync(product, http, load, settings.Connections), "s"));
        var before = await product.MetricsAsync(http);
        var (cpu, kernel, threads) = (product.CpuSeconds, product.KernelSeconds, product.ThreadSeconds());
        var result = await HttpLoad.RunAsync(product.Port, settings.Connections, settings.Time, c => load.Messages(c, "m"));
        (cpu, kernel) = (product.CpuSeconds - cpu, product.KernelSeconds - kernel);
        var threadsAfter = product.ThreadSeconds();
        var after = await product.MetricsAsync(http);
        figures.Add(new("messages through the whole path", result.PerSecond, "messages/s"));
        figures.Add(new("  p50", result.Percentile(0.5) / 1000, "ms"));
        figures.Add(new("  p99", result.Percentile(0.99) / 1000, "ms"));
        figures.Add(new("  refused", result.Refused, "requests"));
        figures.Add(new("  server CPU per message", cpu * 1e6 / Math.Max(1, result.Answered), "µs"));
        figures.Add(new("    of it in the kernel", kernel * 1e6 / Math.Max(1, result.Answered), "µs"));
        foreach (var (thread, seconds) in threadsAfter.Select(t => (t.Key, Spent: t.Value - threads.GetValueOrDefault(t.Key))).Where(t => t.Spent > LeastShown * cpu).OrderByDescending(t => t.Spent))
        {
            figures.Add(new($"    of it in threads named \"{thread}\"", seconds * 1e6 / Math.Max(1, result.Answered), "µs"));
        }

        foreach (var (metric, name, unit, times) in Costs)
        {
            figures.Add(new($"  {name} per message", (after[metric] - before[metric]) * times / Math.Max(1, result.Answered), unit));
        }

        figures.Add(new("  of bare Kestrel", 100 * result.PerSecond / echo.PerSecond, "%"));
    }

    /// <summary>Rounds of load until the compiler takes next to nothing of one: until then a good part of the processor is its.</summary>
    public static async Task<double> WarmUpAsync(ProductProcess product, HttpClient http, ShopperLoad load, int connections)
    {
        var clock = Stopwatch.StartNew();
        for (var round = 0; ; round++)
        {
            var (compiled, began) = ((await product.MetricsAsync(http))[Compiling], clock.Elapsed);
            await HttpLoad.RunAsync(product.Port, connections, TimeSpan.FromSeconds(5), c => load.Messages(c, $"w{round}"));
            compiled = (await product.MetricsAsync(http))[Compiling] - compiled;
            if (compiled < MostCompiling * (clock.Elapsed - began).TotalSeconds || clock.Elapsed > LongestWarmUp)
            {
                return clock.Elapsed.TotalSeconds;
            }
        }
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
}
