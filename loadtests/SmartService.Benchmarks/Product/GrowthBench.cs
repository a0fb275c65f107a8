using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SmartService.Benchmarks.Product;

/// <summary>
/// What a message costs when there are twice as many stores, then twice as many customers, then twice as many events, and twice as many again, in one server that keeps all
/// of it. The same number of shoppers asks each time. The reference is the first row; a bare Kestrel echo beside every row tells what the machine itself did meanwhile.
/// </summary>
internal static class GrowthBench
{
    private const int FirstStores = 8;
    private const int MostStores = 64;
    private const int ShoppersOfAStore = 2_000;
    private const int Windows = 3;

    /// <summary>Of one request, and of one customer in it: what a command of the product takes.</summary>
    private const int LinesOfARequest = 4_096;
    private const int VisitsOfACustomer = 64;
    private const int ImportsAtOnce = 4;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(30);

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, BenchSettings settings)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        var data = Path.Combine(folder, "data");
        using var product = new ProductProcess(data);
        using var echo = await EchoProcess.StartAsync();
        product.Start();
        await product.WaitUntilReadyAsync(http);
        var run = new Run(product, echo, http, settings, data);
        await run.OpenStoresAsync(FirstStores);
        await ProductBench.WarmUpAsync(product, http, run.Load, settings.Connections);
        await run.MeasureAsync();
        while (run.Stores < MostStores)
        {
            await run.OpenStoresAsync(2 * run.Stores);
            await run.MeasureAsync();
        }

        while (run.Customers < settings.Customers)
        {
            await run.ImportAsync(Math.Min(run.Customers, settings.Customers - run.Customers), 1);
            await run.MeasureAsync();
        }

        while (run.Events < settings.Events)
        {
            await run.ImportAsync((int)Math.Min(run.Events, settings.Events - run.Events) / VisitsOfACustomer, VisitsOfACustomer);
            await run.MeasureAsync();
        }

        await run.RestartAsync();
        return run.Figures;
    }

    /// <summary>One server and what it has been given so far.</summary>
    private sealed class Run(ProductProcess product, EchoProcess echo, HttpClient http, BenchSettings settings, string data)
    {
        private readonly List<ShopperLoad> _stores = [];
        private long _messages;
        private long _visits;
        private int _imports;
        private double _first;

        public List<Figure> Figures { get; } = [];

        public ShopperLoad Load { get; private set; } = null!;

        public int Stores => _stores.Count;

        public int Customers { get; private set; }

        /// <summary>Visits and messages, without the warm-up's; a message is more than one event.</summary>
        public long Events => _messages + _visits;

        public async Task OpenStoresAsync(int count)
        {
            while (_stores.Count < count)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"bench-{_stores.Count}");
                _stores.Add(await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http, name, ShoppersOfAStore));
                await _stores[^1].VisitAsync(product.Port, settings.Connections);
                Customers += ShoppersOfAStore;
                _visits += ShoppersOfAStore;
            }

            Load = ShopperLoad.Of(_stores);
        }

        /// <summary>Customers who never came before, spread over all stores by turns, with so many visits each.</summary>
        public async Task ImportAsync(int customers, int visitsEach)
        {
            var (import, of) = (_imports++, LinesOfARequest / visitsEach);
            var next = -1;
            await HttpLoad.RunToEndAsync(product.Port, ImportsAtOnce, () =>
            {
                var request = Interlocked.Increment(ref next);
                var from = (long)request * of;
                return from >= customers ? default(ReadOnlyMemory<byte>?)
                    : HttpLoad.Post("/v1/visits/bulk", _stores[request % _stores.Count].Secret, Lines(import, (int)from, (int)Math.Min(customers, from + of), visitsEach));
            });
            Customers += customers;
            _visits += (long)customers * visitsEach;
            var clock = Stopwatch.StartNew();
            while (await product.LagAsync(http) > 0)
            {
                if (clock.Elapsed > LongestCatchUp)
                {
                    throw new TimeoutException("What follows the journal has not caught up with the imports.");
                }

                await Task.Delay(500);
            }
        }

        public async Task MeasureAsync()
        {
            var costs = new List<double>();
            await AskAsync("first"); // Who asks, and of which stores, is new in every row: what is read for the first time is no cost of growth.
            for (var window = 0; window < Windows; window++)
            {
                await Task.Delay(Settling);
                var before = product.Cost.CpuSeconds;
                var answered = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{window}"));
                await Task.Delay(Settling); // What follows the journal belongs to its messages.
                costs.Add((product.Cost.CpuSeconds - before) * 1e6 / Math.Max(1, answered));
            }

            var bare = echo.Cost.CpuSeconds;
            var echoes = await HttpLoad.RunAsync(echo.Port, settings.Connections, settings.Time / 2, _ => () => EchoProcess.Question);
            bare = (echo.Cost.CpuSeconds - bare) * 1e6 / Math.Max(1, echoes.Answered);

            costs.Sort();
            var cost = costs[costs.Count / 2];
            _first = _first == 0 ? cost : _first;
            Add(new(string.Create(CultureInfo.InvariantCulture, $"{Stores} stores, {Customers:N0} customers, {Events:N0} visits and messages: CPU"), cost, "µs a message"));
            Add(new("  of the first row", 100 * cost / _first, "%"));
            Add(new("  a bare echo meanwhile", bare, "µs"));
            Add(new("  resident memory", product.ResidentBytes / 1e6, "MB"));
            Add(new("  on disk", new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1e6, "MB"));
        }

        public async Task RestartAsync()
        {
            await product.KillAsync();
            product.Start();
            Add(new("kill -9 to ready with all of it", (await product.WaitUntilReadyAsync(http)).TotalMilliseconds, "ms"));
        }

        private async Task<long> AskAsync(string window)
        {
            var result = await HttpLoad.RunAsync(product.Port, settings.Connections, settings.Time, c => Load.Messages(c, $"g{Figures.Count}w{window}"));
            _messages += result.Answered;
            return result.Answered;
        }

        private static string Lines(int import, int from, int to, int visitsEach)
        {
            var lines = new StringBuilder();
            var now = DateTimeOffset.UtcNow;
            for (var customer = from; customer < to; customer++)
            {
                for (var visit = 0; visit < visitsEach; visit++)
                {
                    lines.Append(
                        CultureInfo.InvariantCulture,
                        $"{{\"customer\":\"i{import}_{customer:00000000}\",\"id\":\"v{visit:000}_{import}_{customer:00000000}\",\"session\":\"s_{customer:00000000}\",\"at\":\"{now.AddSeconds(visit - visitsEach):O}\",\"page\":\"home\"}}\n");
                }
            }

            return lines.ToString();
        }

        /// <summary>A run may take an hour: what is known is shown.</summary>
        private void Add(Figure figure)
        {
            Figures.Add(figure);
            Console.Error.WriteLine(figure);
        }
    }
}
