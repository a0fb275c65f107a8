using System.Net.Http.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace SmartService.Browser.Tests;

/// <summary>What shoppers and merchants write is shown as text, whatever it looks like.</summary>
[Collection(InOwnStores.Name)]
public sealed class ConsoleInjectionTests(Browser browser)
{
    private static readonly string[] Synonyms = ["<svg/onload=window.hit=1>", "postage"];

    private static readonly string[] Corpus =
    [
        "<script>window.hit=1</script>",
        "<img src=x onerror=window.hit=1>",
        "<svg/onload=window.hit=1>",
        "\"><iframe srcdoc='<script>parent.hit=1</script>'>",
        "javascript:window.hit=1",
        "{{constructor.constructor('window.hit=1')()}}",
        "<a href=\"javascript:window.hit=1\" autofocus onfocus=window.hit=1>x</a>",
        "<style>@import'javascript:window.hit=1'</style><details open ontoggle=window.hit=1>",
        "</textarea><math><mtext></mtext><mglyph><style><img src=x onerror=window.hit=1>",
        "\u202E<body onload=window.hit=1>\u0000",
    ];

    [Fact]
    public async Task ForeignText_ThroughEveryField_IsShownAndNeverRun()
    {
        var store = await ConsoleStore.OpenAsync(browser);
        var page = await store.JoinAsync();
        var refused = new List<string>();
        page.Dialog += (_, dialog) => refused.Add("dialog " + dialog.Message);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal) || message.Text.Contains("TrustedHTML", StringComparison.Ordinal))
            {
                refused.Add(message.Text);
            }
        };
        var talk = await FillAsync(store);
        foreach (var path in new[]
        {
            "/console/", "/console/live", "/console/conversations?queue=all", $"/console/conversations?queue=all&open={talk}", "/console/customers", "/console/customer?id=shopper-0",
            "/console/questions", $"/console/questions?open={talk}:1", "/console/unanswered", "/console/candidates", "/console/items", "/console/item?id=item-0", "/console/settings/store",
            "/console/settings/synonyms", "/console/settings/audit", "/console/figures", "/console/questions?text=" + Uri.EscapeDataString(Corpus[1]), "/console/item?id=" + Uri.EscapeDataString(Corpus[1]),
        })
        {
            await page.GotoAsync(path);
            await page.WaitForFunctionAsync("() => document.querySelector('h1, .thread-head') && !document.querySelector('[data-mantine-skeleton]')");
            (await page.EvaluateAsync<bool>("() => 'hit' in window")).ShouldBeFalse(path);
            (await page.EvaluateAsync<int>("() => document.querySelectorAll('main script, main iframe, main [onerror], main [onload], main a[href^=\"javascript:\"]').length")).ShouldBe(0, path);
        }

        // Nothing even tried: what is written never reached a place where markup is made of it.
        refused.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    private static async Task<string> FillAsync(ConsoleStore store)
    {
        using var secret = store.Secret();
        for (var n = 0; n < Corpus.Length; n++)
        {
            var text = Corpus[n].Replace("\u0000", "", StringComparison.Ordinal);
            if (!text.Contains('{', StringComparison.Ordinal)) // A brace is a placeholder of answers.
            {
                await store.WriteItemAsync($"item-{n}", text, "Answer: " + text);
            }

            await ConsoleStore.EnsureAsync(await secret.PutAsJsonAsync($"/v1/customers/shopper-{n}", new { name = text[..Math.Min(60, text.Length)], tier = "vip", locale = "en" }));
            var visit = new { customer = $"shopper-{n}", id = $"visit-{n}-1", session = "session-one", at = DateTimeOffset.UtcNow, page = "product", subject = text[..Math.Min(60, text.Length)], dwellSeconds = 9 };
            using var body = new StringContent(System.Text.Json.JsonSerializer.Serialize(visit), System.Text.Encoding.UTF8, "application/x-ndjson");
            await secret.PostAsync("/v1/visits/bulk", body);
            await ConsoleStore.PostAsync(secret, "/v1/knowledge/candidates", new { id = $"candidate-{n}", question = text });
        }

        await ConsoleStore.EnsureAsync(await secret.PutAsJsonAsync("/v1/tenant", new { name = "<img src=x onerror=window.hit=1>", locale = "en", currency = "EUR", timeZone = "Europe/Oslo" }));
        await ConsoleStore.EnsureAsync(await secret.PutAsJsonAsync("/v1/knowledge/synonyms", new { groups = new[] { Synonyms }, products = Array.Empty<object>() }));
        using var shopper = await store.ShopperAsync();
        var talk = await ConsoleStore.AskAsync(shopper, Corpus[0]);
        foreach (var text in Corpus.Skip(1))
        {
            await ConsoleStore.AskAsync(shopper, text.Replace("\u0000", "", StringComparison.Ordinal), talk);
        }

        return talk;
    }
}
