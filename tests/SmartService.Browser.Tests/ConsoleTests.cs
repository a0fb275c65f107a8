using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>The merchant's console: every page is usable by everybody, fits, and speaks the reader's language.</summary>
[Collection(InDemoStores.Name)]
public sealed class ConsoleTests(Browser browser)
{
    private const string Tenant = "northpeak";
    private static ConsolePages? _pages; // The collection runs one test after another.

    [Fact]
    public Task EveryPage_HasNoSeriousFindingAndFits() => LookAtEveryPageAsync(ColorScheme.Light, 1280, "en-US");

    [Theory]
    [Trait(Depends.On, Depends.Page)]
    [InlineData(ColorScheme.Dark, 1280, "en-US")]
    [InlineData(ColorScheme.Light, 390, "en-US")]
    [InlineData(ColorScheme.Dark, 390, "ko-KR")]
    [InlineData(ColorScheme.Light, 1280, "ko-KR")]
    [InlineData(ColorScheme.Light, 1280, "zh-CN")]
    public Task EveryPage_InAnotherLook_HasNoSeriousFindingAndFits(ColorScheme scheme, int width, string locale) => LookAtEveryPageAsync(scheme, width, locale);

    [Fact]
    public async Task Try_QuestionOfAnItem_ShowsAnswerSourceAndConfidence()
    {
        var page = await browser.OpenAsync($"/console/try?demo={Tenant}");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).First.FillAsync("How long does delivery take?");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[aria-live] .foreign").First.WaitForAsync();
        await SettledAsync(page);
        await Browser.PictureAsync(page, "console-try-answered");
        await Accessibility.ShouldHoldAsync(page, "try, answered");
        (await page.Locator("[aria-live]").InnerTextAsync()).ShouldContain("%");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Release_Approved_GoesLiveAndIsRolledBack()
    {
        _pages ??= await ConsolePages.FillAsync(browser.Product, Tenant);
        var page = await browser.OpenAsync($"/console/releases?demo={Tenant}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dogs" }).ClickAsync();
        foreach (var (button, isConfirmed, mark) in new[] { ("Approve", false, "Approved."), ("Go live", true, "Live: shoppers"), ("Roll back", true, "Rolled back:") })
        {
            var step = page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });
            await ConsoleStore.SeeAsync(page, step);
            await step.ClickAsync();
            if (isConfirmed)
            {
                await page.GetByRole(AriaRole.Dialog, new() { Name = button }).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            }

            await page.GetByText(mark, new() { Exact = false }).First.WaitForAsync();
            await Browser.PictureAsync(page, "console-release-" + button.Replace(' ', '-'));
        }

        await page.Context.CloseAsync();
    }

    /// <summary>Each half of the pages in a browser context of its own: one loads while the other is looked at.</summary>
    private async Task LookAtEveryPageAsync(ColorScheme scheme, int width, string locale)
    {
        var pages = (_pages ??= await ConsolePages.FillAsync(browser.Product, Tenant)).All;
        var signedIn = pages[0].Path;
        var look = new Look(scheme, width, locale);
        var findings = await Task.WhenAll(
            [LookAsync(look, "/console/", [("connect", "/console/")]), .. pages.Chunk((pages.Count + 1) / 2).Select(half => LookAsync(look, signedIn, half))]);
        findings.SelectMany(f => f).ShouldBeEmpty();
    }

    private async Task<List<string>> LookAsync(Look look, string first, IEnumerable<(string Name, string Path)> pages)
    {
        var page = await browser.OpenAsync(first, look.Scheme, look.Width, locale: look.Locale);
        await SettledAsync(page);
        var findings = new List<string>();
        foreach (var (name, path) in pages)
        {
            await page.GotoAsync(path);
            await SettledAsync(page);
            var picture = $"console-{look.Locale[..2]}-{(look.Scheme == ColorScheme.Dark ? "dark" : "light")}-{look.Width}-{name}";
            await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Screenshots, picture + ".png"), FullPage = true });
            findings.AddRange(await Accessibility.FindAsync(page, picture));
            if (await Accessibility.OverhangAsync(page) is > 0 and var pixels)
            {
                findings.Add($"{picture} is {pixels} pixels wider than the window");
            }
        }

        await page.Context.CloseAsync();
        return findings;
    }

    /// <summary>Loaded, and nothing moves any more: the checker must see colours as they stay.</summary>
    private static async Task SettledAsync(IPage page)
    {
        // Not "the network is idle": the stream of the store's events never ends.
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        await page.WaitForFunctionAsync("() => document.querySelector('h1, [role=dialog]') && !document.querySelector('[role=status][aria-label], .mantine-Loader-root, [data-mantine-skeleton]')");
        await page.WaitForFunctionAsync("() => document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)");
    }

    private sealed record Look(ColorScheme Scheme, int Width, string Locale);
}
