using System.Net.Http.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>Long lists draw what is seen, and an address leads to what it names; webhooks, the audit log's files and a pasted page.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsoleListTests(Browser browser)
{
    private const int Many = 120;
    private static readonly string[] Released = ["candidate-0001"];

    [Fact]
    public async Task Candidates_ManyOfThem_DrawFew_AndAnAddressOpensOne()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var secret = store.Secret();
        for (var i = 0; i < Many; i++)
        {
            await ConsoleStore.PostAsync(secret, "/v1/knowledge/candidates", new { id = $"candidate-{i:0000}", question = $"Is there a shop in town number {i}?" });
        }

        var page = await store.JoinAsync();
        await page.GotoAsync("/console/candidates");
        await page.Locator(".card-row").First.WaitForAsync();
        (await page.Locator(".card-row").CountAsync()).ShouldBeLessThan(40);
        var list = page.GetByRole(AriaRole.List, new() { Name = "Candidates" });
        await list.EvaluateAsync("list => list.scrollTo(0, list.scrollHeight)");
        await Assertions.Expect(page.Locator("[aria-posinset='1']")).ToHaveCountAsync(0);
        await Accessibility.ShouldHoldAsync(page, "candidates, many");
        await page.GotoAsync($"/console/candidates?open=candidate-{Many - 1:0000}");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).First).ToHaveValueAsync($"Is there a shop in town number {Many - 1}?");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Tables_OfReleasesAndItems_AreTablesToWhoeverHearsThem()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        await store.WriteItemAsync("item-one", "How long does delivery take?", "Two to four working days.");
        using var secret = store.Secret();
        await ConsoleStore.PostAsync(secret, "/v1/knowledge/candidates", new { id = "candidate-0001", question = "Is there a shop in Lyon?" });
        await ConsoleStore.EnsureAsync(await secret.PutAsJsonAsync(
            "/v1/knowledge/candidates/candidate-0001", new { question = "Is there a shop in Lyon?", variants = Array.Empty<string>(), answer = "Not yet.", locale = "en", actions = Array.Empty<object>() }));
        await ConsoleStore.PostAsync(secret, "/v1/knowledge/releases", new { release = "release-0001", candidates = Released, note = "Lyon" });
        var page = await store.JoinAsync();
        foreach (var (path, name, first) in new[] { ("/console/releases", "Releases", "Lyon"), ("/console/items", "Q&A items", "How long does delivery take?"), ("/console/settings/audit", "Audit log", "") })
        {
            await page.GotoAsync(path);
            var table = page.GetByRole(AriaRole.Table, new() { Name = name });
            await Assertions.Expect(table.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(first);
            (await table.GetByRole(AriaRole.Columnheader).CountAsync()).ShouldBeGreaterThan(3);
            await Accessibility.ShouldHoldAsync(page, name);
        }

        await page.GotoAsync("/console/releases");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lyon" }).ClickAsync();
        await page.WaitForURLAsync("**/release?id=release-0001");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Member_NamedInTheAddress_IsShown()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/members");
        await page.GetByRole(AriaRole.Link, new() { Name = ConsoleStore.OwnerName }).ClickAsync();
        await page.WaitForURLAsync("**/members?open=*");
        await page.Locator(".card-row[data-here]").WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Name, mail address or role" }).FillAsync("nobody");
        await page.GetByText("Nobody here is called that.").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Webhook_Tested_SaysWhatCameOfIt_AndTheLogKeepsIt()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/webhooks");
        await page.GetByRole(AriaRole.Button, new() { Name = "New webhook" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Address").FillAsync("https://hooks.invalid/one");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await dialog.GetByText("The signing secret, shown once.").WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        var test = page.GetByRole(AriaRole.Button, new() { Name = "Send a test" });
        await ConsoleStore.SeeAsync(page, test);
        await test.ClickAsync();
        await page.GetByText("Not delivered:").WaitForAsync();
        using var shopper = await store.ShopperAsync();
        await ConsoleStore.AskAsync(shopper, "I want to talk to a person");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deliveries" }).ClickAsync();
        var log = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" });
        await log.GetByText("conversation.handed_off").First.WaitForAsync();
        await Browser.PictureAsync(page, "console-webhook-log");
        await Accessibility.ShouldHoldAsync(page, "webhook log");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Audit_Exported_IsWhatTheLogHolds_AndItsChainHolds()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        using var secret = store.Secret();
        await ConsoleStore.EnsureAsync(await secret.PutAsJsonAsync("/v1/tenant/campaigns", new { campaigns = Array.Empty<object>() }));
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/settings/audit");
        await page.GetByText("store.campaigns").First.WaitForAsync();
        foreach (var format in new[] { "CSV", "JSONL" })
        {
            var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = format, Exact = true }).ClickAsync());
            (await File.ReadAllTextAsync(await file.PathAsync())).ShouldContain("store.campaigns");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
        await page.Locator("[role=status]", new() { HasText = "records" }).First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Faq_PastedAsHtml_BecomesAnswers_AndRunsNothing()
    {
        const string Html = "<h1>Help</h1><dl><dt>How long does delivery take?</dt><dd>Two to four <b>working</b> days.</dd><dt>Can I return worn boots?</dt><dd>Yes, within 60 days.<img src=x onerror=\"window.ran=1\"></dd></dl>";
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        await page.GotoAsync("/console/?step=knowledge");
        await page.GetByLabel("Text or HTML of your FAQ page").FillAsync(Html);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find questions and answers" }).ClickAsync();
        await page.GetByText("Found 2 questions.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save 2 answers" }).ClickAsync();
        await page.GetByText("Items: 2").WaitForAsync();
        (await page.EvaluateAsync<bool>("'ran' in window")).ShouldBeFalse();
        using var secret = store.Secret();
        var items = await ConsoleStore.ShouldSayAsync(secret, "/v1/knowledge/items", "Two to four working days.");
        items.ShouldNotContain("onerror");
        await page.Context.CloseAsync();
    }
}
