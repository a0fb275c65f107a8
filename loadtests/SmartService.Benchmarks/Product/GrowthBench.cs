using System.Globalization;

namespace SmartService.Benchmarks.Product;

/// <summary>
/// What a message costs when there are twice as many stores, customers and events, and twice as many again: each round doubles all three at once. The
/// reference is the first round.
/// </summary>
internal static class GrowthBench
{
    private const int FirstStores = 8;
    private const int ShoppersOfAStore = 2_000;
    private const int Rounds = 4;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        var figures = new List<Figure>();
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var product = new ProductProcess(Path.Combine(folder, "data"));
        product.Start();
        await product.WaitUntilReadyAsync(http);
        var stores = new List<ShopperLoad>();
        var (sent, goal, first) = (0L, 0L, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            while (stores.Count < FirstStores << round)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"bench-{stores.Count}");
                stores.Add(await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http, name, ShoppersOfAStore));
                await stores[^1].VisitAsync(product.Port, settings.Connections);
            }

            var load = ShopperLoad.Of(stores);
            if (round == 0)
            {
                await ProductBench.WarmUpAsync(product, http, load, settings.Connections);
                sent = goal = (await HttpLoad.RunAsync(product.Port, settings.Connections, settings.Time * 4, c => load.Messages(c, "f"))).Answered;
            }

            for (var part = 0; sent < goal; part++)
            {
                sent += (await HttpLoad.RunAsync(product.Port, settings.Connections, settings.Time, c => load.Messages(c, $"r{round}p{part}"))).Answered;
            }

            goal = 2 * sent;
            await Task.Delay(Settling);
            var cpu = product.Cost.CpuSeconds;
            var result = await HttpLoad.RunAsync(product.Port, settings.Connections, settings.Time, c => load.Messages(c, $"m{round}"));
            await Task.Delay(Settling); // What follows the journal belongs to its messages.
            cpu = (product.Cost.CpuSeconds - cpu) * 1e6 / Math.Max(1, result.Answered);
            sent += result.Answered;
            first = round == 0 ? cpu : first;
            figures.Add(new(string.Create(CultureInfo.InvariantCulture, $"{stores.Count:N0} stores, {stores.Count * ShoppersOfAStore:N0} customers, {sent:N0} messages: CPU"), cpu, "µs a message"));
            figures.Add(new("  of the first round", 100 * cpu / first, "%"));
        }

        return figures;
    }
}
