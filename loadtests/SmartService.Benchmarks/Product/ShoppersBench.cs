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
        var warm = await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http, "warm", shoppers: 200);
        await warm.VisitAsync(product.Port, Connections);
        using (await OpenStreams.OpenAsync(product.Port, [.. warm.Tokens.Select(Stream)]))
        {
            await Task.Delay(Settling);
        }

        var before = product.Cost;
        var load = await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http, shoppers: settings.Streams);
        await load.VisitAsync(product.Port, Connections);
        using var streams = await OpenStreams.OpenAsync(product.Port, [.. load.Tokens.Select(Stream)]);
        await Task.Delay(Settling);
        figures.Add(new("open shoppers: stream, session and customer in memory", settings.Streams, "shoppers"));
        figures.Add(new("  resident bytes each", (product.Cost.ResidentBytes - before.ResidentBytes) / (double)settings.Streams, "B"));

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.AdminKey);
        await TellAsync("one word to all of them", streams, () => product.Cost, settings.Streams, figures, round => (
            round % 2 == 0 ? "\"rung\":\"qna_only\"" : "\"rung\":\"full\"",
            async () => (await http.PutAsJsonAsync(new Uri(product.Address, "/v1/peak"), new { rung = round % 2 == 0 ? "qna_only" : "full" })).EnsureSuccessStatusCode()));
        return figures;
    }

    private static async Task MeasureBareAsync(int count, List<Figure> figures)
    {
        using var server = await EchoProcess.StartAsync();
        using (await OpenStreams.OpenAsync(server.Port, [.. Enumerable.Repeat(HttpLoad.Get("/stream", "none"), 200)]))
        {
            await Task.Delay(Settling);
        }

        var before = server.Cost;
        using var streams = await OpenStreams.OpenAsync(server.Port, [.. Enumerable.Repeat(HttpLoad.Get("/stream", "none"), count)]);
        await Task.Delay(Settling);
        figures.Add(new("reference: bare Kestrel, resident bytes per open response", (server.Cost.ResidentBytes - before.ResidentBytes) / (double)count, "B"));
        using var http = new HttpClient();
        await TellAsync("reference: the same word to all of them", streams, () => server.Cost, count, figures, round => (
            $"\"round\":{round}",
            async () =>
            {
                using var frame = new ByteArrayContent(Encoding.UTF8.GetBytes($"event: peak\ndata: {{\"rung\":\"qna_only\",\"round\":{round}}}\n\n"));
                (await http.PostAsync(new Uri($"http://127.0.0.1:{server.Port}/tell"), frame)).EnsureSuccessStatusCode();
            }));
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
