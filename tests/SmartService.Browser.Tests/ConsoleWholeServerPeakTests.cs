using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>Whoever runs the server holds a rung for all its stores: no other test may be in one of them meanwhile.</summary>
[Collection(Alone.Name)]
public sealed class ConsoleWholeServerPeakTests(Browser browser)
{
    [Fact]
    public async Task WholeServer_ByItsOwnKey_IsHeldByHandAndLetGo()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/peak");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the rehearsal" }).WaitForAsync(); // The last part of the page to come.
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Administration key" }).FillAsync("adm_not_the_key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the key" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget the key" }).ClickAsync();
        var admin = (await browser.Product.AdminKeyAsync()).Trim();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Administration key" }).FillAsync(admin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the key" }).ClickAsync();
        try
        {
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Level of all stores" }).ClickAsync();
            await page.GetByRole(AriaRole.Option, new() { Name = "Popups pause" }).ClickAsync();
            await Assertions.Expect(page.Locator("li[aria-current=step]")).ToContainTextAsync("Popups pause");
            await Assertions.Expect(page.GetByText("Whoever runs this server holds this level by hand.")).ToBeVisibleAsync();
            await Accessibility.ShouldHoldAsync(page, "peak, whole server");
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Level of all stores" }).ClickAsync();
            await page.GetByRole(AriaRole.Option, new() { Name = "By itself" }).ClickAsync();
            await Assertions.Expect(page.Locator("li[aria-current=step]")).ToContainTextAsync("Everything");
            (await page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")).ShouldNotContain(admin);
        }
        finally
        {
            using var http = new HttpClient { BaseAddress = browser.Product.Address };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin);
            await http.PutAsJsonAsync("/v1/peak", new { rung = "auto" });
        }

        await page.Context.CloseAsync();
    }
}
