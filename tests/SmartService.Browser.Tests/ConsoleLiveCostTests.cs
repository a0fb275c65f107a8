using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace SmartService.Browser.Tests;

/// <summary>What the live page costs the processor of whoever has it open, as Chromium counts it: time of the page's own thread, not of the clock.</summary>
[Collection(InOwnStores.Name)]
[Trait(Depends.On, Depends.Page)]
public sealed class ConsoleLiveCostTests(Browser browser, ITestOutputHelper output)
{
    private const int Shoppers = 1_000;
    private const int VisitsPerRound = 50;
    private const double MostOfACore = 0.2;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Pages = ["home", "product", "cart", "orders"];

    [Fact]
    public async Task AThousandShoppersWalking_TakeLessThanAFifthOfACore()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var secret = store.Secret();
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/live");
        await page.GetByText("Nobody is in the store right now").WaitForAsync();
        await VisitAsync(secret, 0, 0, Shoppers);
        await Assertions.Expect(page.Locator(".tile").First).ToContainTextAsync("1,000");

        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        var (before, clock, rounds) = (await TaskSecondsAsync(chromium), Stopwatch.StartNew(), 0);
        while (clock.Elapsed < Measured)
        {
            await VisitAsync(secret, ++rounds, rounds * VisitsPerRound % Shoppers, VisitsPerRound);
            var ahead = (Round * rounds) - clock.Elapsed;
            await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
        }

        var share = (await TaskSecondsAsync(chromium) - before) / clock.Elapsed.TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Shoppers} shoppers, {rounds * VisitsPerRound} visits in {clock.Elapsed.TotalSeconds:F1} s: the live page took {share:P1} of a core"));
        share.ShouldBeGreaterThan(0, "nothing was drawn");
        share.ShouldBeLessThan(MostOfACore);
        await page.Context.CloseAsync();
    }

    private static async Task VisitAsync(HttpClient secret, int round, int from, int count)
    {
        var lines = string.Join('\n', Enumerable.Range(from, count).Select(n => JsonSerializer.Serialize(new
        {
            customer = $"crowd-{n % Shoppers}", id = $"visit-{round}-{n}", session = $"session-{n % Shoppers}", at = DateTimeOffset.UtcNow, page = Pages[(round + n) % Pages.Length], dwellSeconds = 5,
        })));
        using var body = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        await ConsoleStore.EnsureAsync(await secret.PostAsync("/v1/visits/bulk", body));
    }

    private static async Task<double> TaskSecondsAsync(ICDPSession chromium) =>
        (await chromium.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .Single(m => m.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
}
