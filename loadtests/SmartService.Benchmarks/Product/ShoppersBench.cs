using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace SmartService.Benchmarks.Product;

/// <summary>
/// Many shoppers with an open stream in one process, each a customer who has visited: what one weighs, and what it costs to tell all of them one
/// thing. Beside it a bare Kestrel with as many streams that is told the same bytes.
/// </summary>
internal static class ShoppersBench
{
    private const int Connections = 64;
    private const int Rounds = 5;
    private const int WarmShoppers = 200;

    /// <summary>Heartbeats and the collector are done with what opening left behind.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>So long the processor's time is taken around a word that is said.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        var figures = new List<Figure>();
        await MeasureBareAsync(settings.Streams, figures);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var product = new ProductProcess(Path.Combine(folder, "data"));
        product.Start();
        await product.WaitUntilReadyAsync(http);
        var warm = await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http, "warm", shoppers: WarmShoppers);
        await warm.VisitAsync(product.Port, Connections);
        await WarmAsync(product.Port, warm.Tokens.Select(Stream));

        using var streams = new OpenStreams();
        figures.Add(new("open shoppers: stream, session and customer in memory", settings.Streams, "shoppers"));
        await WeighAsync("", settings.Streams, () => product.Cost, figures, async (part, count) =>
        {
            var load = await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http, part, shoppers: count);
            await load.VisitAsync(product.Port, Connections);
            await streams.OpenAsync(product.Port, [.. load.Tokens.Select(Stream)]);
        });

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.AdminKey);
        await TellAsync("one word to all of them", streams, () => product.Cost, settings.Streams, figures, round => (
            round % 2 == 0 ? "\"rung\":\"qna_only\"" : "\"rung\":\"full\"",
            async () => (await http.PutAsJsonAsync(new Uri(product.Address, "/v1/peak"), new { rung = round % 2 == 0 ? "qna_only" : "full" })).EnsureSuccessStatusCode()));
        return figures;
    }

    private static async Task MeasureBareAsync(int count, List<Figure> figures)
    {
        using var server = await EchoProcess.StartAsync();
        await WarmAsync(server.Port, Enumerable.Repeat(HttpLoad.Get("/stream", "none"), WarmShoppers));

        using var streams = new OpenStreams();
        await WeighAsync(
            "reference: bare Kestrel, open responses: ", count, () => server.Cost, figures,
            (_, some) => streams.OpenAsync(server.Port, [.. Enumerable.Repeat(HttpLoad.Get("/stream", "none"), some)]));
        using var http = new HttpClient();
        await TellAsync("reference: the same word to all of them", streams, () => server.Cost, count, figures, round => (
            $"\"round\":{round}",
            async () =>
            {
                using var frame = new ByteArrayContent(Encoding.UTF8.GetBytes($"event: peak\ndata: {{\"rung\":\"qna_only\",\"round\":{round}}}\n\n"));
                (await http.PostAsync(new Uri($"http://127.0.0.1:{server.Port}/tell"), frame)).EnsureSuccessStatusCode();
            }));
    }

    /// <summary>Opens some streams and closes them again.</summary>
    private static async Task WarmAsync(int port, IEnumerable<byte[]> requests)
    {
        using var streams = new OpenStreams();
        await streams.OpenAsync(port, [.. requests]);
        await Task.Delay(Settling);
    }

    /// <summary>Opens a quarter, then the others: caches and the collector's youngest generation fill with the first, whoever comes.</summary>
    private static async Task WeighAsync(string name, int count, Func<ProcessCost> cost, List<Figure> figures, Func<string, int, Task> open)
    {
        var before = cost().ResidentBytes;
        await open("quarter", count / 4);
        await Task.Delay(Settling);
        var quarter = cost().ResidentBytes;
        await open("others", count - (count / 4));
        await Task.Delay(Settling);
        var all = cost().ResidentBytes;
        figures.Add(new($"{name}  resident bytes each", (all - before) / (double)count, "B"));
        figures.Add(new($"{name}  resident bytes each after the first quarter", (all - quarter) / (double)(count - (count / 4)), "B"));
    }

    /// <summary>Says several words, one after the other; the first warms. Of the others the median round counts.</summary>
    private static async Task TellAsync(
        string name, OpenStreams streams, Func<ProcessCost> cost, int count, List<Figure> figures, Func<int, (string Word, Func<Task> Say)> words)
    {
        var rounds = new List<(double First, double Last, double Cpu)>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = cost();
            await Task.Delay(Window);
            var idle = cost();
            var (word, say) = words(round);
            var window = Task.Delay(Window);
            var heard = await streams.HearAsync(word, say);
            await window;
            var cpu = cost().CpuSeconds - idle.CpuSeconds - (idle.CpuSeconds - began.CpuSeconds);
            if (round > 0)
            {
                rounds.Add((heard[0], heard[^1], cpu * 1e6 / count));
            }
        }

        figures.Add(new($"{name}: from the first to the last", Median(rounds.Select(r => r.Last - r.First)), "ms"));
        figures.Add(new("  from the order to the last", Median(rounds.Select(r => r.Last)), "ms"));
        figures.Add(new("  server CPU each", Median(rounds.Select(r => r.Cpu)), "µs"));
    }

    private static byte[] Stream(string token) => HttpLoad.Get("/v1/shopper/stream", token);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
