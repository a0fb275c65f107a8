using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace SmartService.Browser.Tests;

/// <summary>A demo store as a visitor uses it.</summary>
internal sealed class StorePage(Browser browser, IPage page, string tenant)
{
    public IPage Page => page;

    public ILocator Popup => page.Locator("[data-smartservice] .card");

    public ILocator Log => page.Locator("[data-smartservice] .log");

    /// <summary>What was said to the shopper; three dots are nothing said yet.</summary>
    public ILocator Answers => page.Locator("[data-smartservice] .m:not(.me):not(:has([role=img]))");

    public static async Task<StorePage> EnterAsync(Browser browser, string tenant, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var page = await browser.OpenAsync($"/demo/{tenant}/", scheme, width);
        await page.Locator("[data-smartservice] .launch").WaitForAsync();
        return new(browser, page, tenant);
    }

    /// <summary>Chooses who walks in, and waits until the store and the widget know them.</summary>
    public async Task BecomeAsync(string situation)
    {
        await page.Locator($"[data-situation='{situation}']").ClickAsync();
        await page.Locator($"[data-situation='{situation}'][aria-pressed='true']").WaitForAsync();
        await page.Locator(".strip .visits li").First.WaitForAsync();
    }

    public Task FollowAsync(string step) => page.Locator($".step[data-step='{step}']").First.ClickAsync();

    public async Task AskAsync(string text)
    {
        if (!await page.Locator("[data-smartservice] .panel").IsVisibleAsync())
        {
            await page.Locator("[data-smartservice] .launch").ClickAsync();
        }

        var before = await Answers.CountAsync();
        await page.Locator("[data-smartservice] textarea").FillAsync(text);
        await page.Locator("[data-smartservice] textarea").PressAsync("Enter");
        await page.Locator("[data-smartservice] .m.me", new() { HasText = text }).Last.WaitForAsync();
        await page.Locator("[data-smartservice] .m.me[data-status='read']", new() { HasText = text }).Last.WaitForAsync();
        await Answers.Nth(before).WaitForAsync();
    }

    /// <summary>What the strip shows: GET /demo/api/{tenant}/insight of the present shopper.</summary>
    public async Task<JsonNode> InsightAsync()
    {
        var customer = await page.EvaluateAsync<string>("() => window.SmartService('customer')");
        return JsonNode.Parse(await browser.Product.Http.GetStringAsync(new Uri(browser.Product.Address, $"/demo/api/{tenant}/insight?customer={customer}")))!;
    }
}
