using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>The desk and the live page, with a real shopper on the other side.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsoleDeskTests(Browser browser)
{
    [Fact]
    public async Task Shopper_HandedOver_AppearsByItselfIsAnsweredAndGivenBack()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/conversations?queue=waiting");
        await page.GetByText("Nobody waits. Well done.").WaitForAsync();

        using var shopper = await store.ShopperAsync();
        await ConsoleStore.VisitAsync(shopper, "cart");
        var talk = await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        var row = page.Locator(".talk-row").First;
        await row.WaitForAsync(); // No reload: the stream brought it.
        await row.ClickAsync();
        await page.GetByRole(AriaRole.Log).GetByText("I want to talk to a person").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await page.GetByText($"{ConsoleStore.OwnerName} answers").WaitForAsync();

        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "Write to the shopper" });
        await box.FillAsync("Hello, Ada here. How can I help?");
        await box.PressAsync("Enter");
        await page.GetByRole(AriaRole.Log).GetByText("Hello, Ada here.").WaitForAsync();
        await Assertions.Expect(page.Locator(".line-agent[data-pending]")).ToHaveCountAsync(0); // It stands there before the server has it.
        var seen = await shopper.GetFromJsonAsync<JsonElement>($"/v1/shopper/conversations/{talk}");
        var last = seen.GetProperty("messages").EnumerateArray().Last();
        last.GetProperty("text").GetString().ShouldBe("Hello, Ada here. How can I help?");
        last.GetProperty("agent").GetString().ShouldBe(ConsoleStore.OwnerName);

        await ConsoleStore.PostAsync(shopper, $"/v1/shopper/conversations/{talk}/read", new { upTo = last.GetProperty("number").GetInt32() });
        await page.GetByText("Seen by the shopper").WaitForAsync();
        await ConsoleStore.PostAsync(shopper, $"/v1/shopper/conversations/{talk}/typing", new { typing = true });
        await page.GetByText("The shopper is typing…").WaitForAsync();
        await Browser.PictureAsync(page, "console-desk");
        await Accessibility.ShouldHoldAsync(page, "desk");

        await page.GetByRole(AriaRole.Button, new() { Name = "Give back to the bot" }).ClickAsync();
        await page.GetByText("The bot answers again.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByText($"{ConsoleStore.OwnerName} answers").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Note_Written_IsSeenByColleaguesAndNeverByTheShopper()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        using var shopper = await store.ShopperAsync();
        var talk = await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        await page.GotoAsync($"/console/conversations?open={talk}");
        await page.GetByRole(AriaRole.Log).WaitForAsync();
        await page.Keyboard.PressAsync("n");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Write a note" }).FillAsync("Knows the shop owner; be quick.");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText($"Note by {ConsoleStore.OwnerName}").WaitForAsync();
        await Accessibility.ShouldHoldAsync(page, "desk with a note");
        (await shopper.GetStringAsync($"/v1/shopper/conversations/{talk}")).ShouldNotContain("be quick");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task CannedAnswer_WrittenInSettings_IsFoundBySlash()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/canned");
        await page.GetByRole(AriaRole.Button, new() { Name = "New canned answer" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Shortcut").FillAsync("photo");
        await dialog.GetByLabel("Text").FillAsync("Could you send us a photo of it, please?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await ConsoleStore.SeeAsync(page, page.GetByText("Could you send us a photo"));

        using var shopper = await store.ShopperAsync();
        var talk = await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        await page.GotoAsync($"/console/conversations?open={talk}");
        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "Write to the shopper" });
        await box.FillAsync("");
        await box.PressSequentiallyAsync("/ph");
        await page.GetByRole(AriaRole.Option, new() { Name = "/photo" }).WaitForAsync();
        await Browser.PictureAsync(page, "console-canned");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".composer textarea").First).ToHaveValueAsync("Could you send us a photo of it, please?");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoColleagues_InOneConversation_SeeEachOther()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        using var shopper = await store.ShopperAsync();
        var talk = await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        await page.GotoAsync($"/console/conversations?open={talk}");
        await page.GetByRole(AriaRole.Log).WaitForAsync();

        using var colleague = store.Agent();
        await ConsoleStore.PostAsync(colleague, $"/v1/conversations/{talk}/presence", new { viewing = true });
        await page.GetByText("also look at this conversation.").WaitForAsync();
        await ConsoleStore.PostAsync(colleague, $"/v1/conversations/{talk}/presence", new { viewing = true, typing = true });
        await page.GetByText("is writing here too.").WaitForAsync();
        await Browser.PictureAsync(page, "console-two-colleagues");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Live_ShopperWalks_ShowsThePageAndTheForecastByItself()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/live");
        await page.GetByText("Nobody is in the store right now").WaitForAsync();
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.VisitAsync(shopper, "product", "tent-2");
        await page.GetByText("tent-2").WaitForAsync();
        await ConsoleStore.VisitAsync(shopper, "cart");
        await page.Locator(".live-rows").GetByText("Cart").WaitForAsync();
        await Accessibility.ShouldHoldAsync(page, "live");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Live_AThousandShoppers_DrawsOnlyWhatIsSeen()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/live");
        await page.GetByText("Nobody is in the store right now").WaitForAsync();
        using var secret = store.Secret();
        for (var round = 0; round < 2; round++)
        {
            var lines = string.Join('\n', Enumerable.Range(0, 1_000).Select(n => JsonSerializer.Serialize(new
            {
                customer = $"crowd-{n}", id = $"visit-{round}-{n}", session = $"session-{n}", at = DateTimeOffset.UtcNow, page = round == 0 ? "home" : "cart", dwellSeconds = 5,
            })));
            using var body = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson");
            await ConsoleStore.EnsureAsync(await secret.PostAsync("/v1/visits/bulk", body));
        }

        await Assertions.Expect(page.Locator(".tile").First).ToContainTextAsync("1,000");
        var rows = page.Locator(".live-rows [role=listitem]");
        (await rows.CountAsync()).ShouldBeLessThan(60);
        await Assertions.Expect(rows.First).ToHaveAttributeAsync("aria-setsize", "1000");
        await page.Locator(".live-rows").EvaluateAsync("list => list.scrollTo(0, list.scrollHeight)");
        await page.Locator(".live-rows [aria-posinset='1000']").WaitForAsync();
        await Browser.PictureAsync(page, "console-live-crowd");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Customer_Erased_IsGoneAfterTypingTheId()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.VisitAsync(shopper, "product", "tent-2");
        await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        await page.GotoAsync("/console/customers");
        await page.Locator(".customer-row.row-link").First.ClickAsync();
        await page.GetByText("I want to talk to a person").WaitForAsync();
        await Browser.PictureAsync(page, "console-customer");
        await Accessibility.ShouldHoldAsync(page, "customer");
        var id = new Uri(page.Url).Query.Split("id=")[1];
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        (await dialog.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).IsDisabledAsync()).ShouldBeTrue();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(id);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).ClickAsync();
        await page.GetByText("Erased: 1 customers").WaitForAsync();
        await page.Context.CloseAsync();
    }
}
