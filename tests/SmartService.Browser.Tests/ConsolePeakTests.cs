using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>A merchant looks at the peak's ladder, rehearses a rung and answers what was left for later.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsolePeakTests(Browser browser)
{
    [Theory]
    [Trait(Depends.On, Depends.Page)]
    [InlineData("en-US", ColorScheme.Light, 1280)]
    [InlineData("ko-KR", ColorScheme.Dark, 1280)]
    [InlineData("zh-CN", ColorScheme.Light, 390)]
    public async Task Peak_AndCampaigns_HoldInEveryLanguageAndTheme(string locale, ColorScheme scheme, int width)
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync(scheme, width, locale);
        foreach (var (name, path) in new[] { ("peak", "/console/peak"), ("campaigns", "/console/settings/campaigns") })
        {
            await page.GotoAsync(path);
            await page.WaitForFunctionAsync("() => document.querySelector('main h2, main h3') && !document.querySelector('main [role=status][aria-label]')");
            await Browser.PictureAsync(page, $"console-{name}-{locale[..2]}-{scheme}-{width}");
            await Accessibility.ShouldHoldAsync(page, $"{name}, {locale}, {scheme}, {width}");
            (await Accessibility.OverhangAsync(page)).ShouldBe(0);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Rehearsal_BegunAndEnded_IsSeenOnTheLadderAndWrittenDown()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var secret = store.Secret();
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/peak");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the rehearsal" }).ClickAsync();
        await Assertions.Expect(page.Locator("li[aria-current=step]")).ToContainTextAsync("A line");
        await Assertions.Expect(page.GetByText("This is a rehearsal. It ends by itself at")).ToBeVisibleAsync();
        await ConsoleStore.ShouldSayAsync(secret, "/v1/peak/store", "\"rung\":\"queue\"");
        await Browser.PictureAsync(page, "console-peak-rehearsal");
        await Accessibility.ShouldHoldAsync(page, "peak, rehearsed");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the rehearsal" }).ClickAsync();
        await Assertions.Expect(page.Locator("li[aria-current=step]")).ToContainTextAsync("Everything");
        await ConsoleStore.ShouldSayAsync(secret, "/v1/audit", "peak.rehearse.end");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Rehearsal_ByAnAgentsKey_IsRefusedByTheServer()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var agent = store.Agent();
        (await agent.GetAsync("/v1/peak/store")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await agent.PostAsJsonAsync("/v1/peak/store/rehearsals", new { rung = "queue", seconds = 60 });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task LeftForLater_IsListed_UntilAPersonAnswers()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.PostAsync(shopper, "/v1/shopper/conversations/later-000001/call-back", new
        {
            operationId = "operation-1", clientId = "message-1", text = "Can I change the size of my tent?", contact = "kari@example.com", locale = "en",
        });
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/peak");
        await page.GetByText("Can I change the size of my tent?").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all in the conversations" }).ClickAsync();
        await page.Locator(".talk-row").First.ClickAsync();
        await Assertions.Expect(page.GetByText("kari@example.com")).ToBeVisibleAsync();
        await Browser.PictureAsync(page, "console-peak-later");

        using var agent = store.Agent();
        await ConsoleStore.PostAsync(agent, "/v1/conversations/later-000001/join", new { agent = "mia" });
        await ConsoleStore.PostAsync(agent, "/v1/conversations/later-000001/messages", new { clientId = "reply-0001", agent = "mia", text = "Yes, gladly." });
        await page.GotoAsync("/console/peak");
        await page.GetByText("Nothing is left to be answered.").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Campaigns_AreWrittenOnlyWhenTheyCanBe()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var secret = store.Secret();
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/campaigns");
        await page.GetByText("No sales entered").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a sale" }).ClickAsync();
        await page.GetByLabel("Name of sale 1").FillAsync("Black Friday");
        await page.GetByLabel("First day of Black Friday").FillAsync("2030-11-29");
        await page.GetByLabel("Last day of Black Friday").FillAsync("2030-11-01");
        await page.GetByText("The last day must not be before the first").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeDisabledAsync();
        await page.GetByLabel("Last day of Black Friday").FillAsync("2030-12-02");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Saved.").First.WaitForAsync();
        await ConsoleStore.ShouldSayAsync(secret, "/v1/tenant/campaigns", "{\"name\":\"Black Friday\",\"from\":\"2030-11-29\",\"to\":\"2030-12-02\"}");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Name of sale 1")).ToHaveValueAsync("Black Friday");
        await page.Context.CloseAsync();
    }
}
