using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;

namespace SmartService.Browser.Tests;

/// <summary>A merchant's new store, its owner and a shopper in it.</summary>
internal sealed class ConsoleStore
{
    public const string OwnerName = "Ada Nordmann";
    public const string Password = "a long walk over the fell";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Browser _browser;
    private readonly JsonElement _made;

    private ConsoleStore(Browser browser, string id, JsonElement made) => (_browser, Id, _made) = (browser, id, made);

    public string Id { get; }

    public string OwnerMail => $"ada@{Id}.example";

    /// <summary>Path of the owner's invitation.</summary>
    public string Invitation => "/console/link#" + _made.GetProperty("ownerInvitation").GetProperty("token").GetString();

    public HttpClient Secret() => As(_made.GetProperty("secretKey").GetString()!);

    public HttpClient Agent() => As(_made.GetProperty("agentKey").GetString()!);

    public static async Task<ConsoleStore> OpenAsync(Browser browser)
    {
        var id = "fell-" + Guid.NewGuid().ToString("N")[..8];
        using var admin = new HttpClient { BaseAddress = browser.Product.Address };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await browser.Product.AdminKeyAsync()).Trim());
        var answer = await admin.PostAsJsonAsync("/v1/tenants", new
        {
            id, name = "Fjord & Fell", locale = "en", currency = "EUR", timeZone = "Europe/Oslo", origins = new[] { browser.Product.Address.ToString().TrimEnd('/') }, owner = $"ada@{id}.example",
        });
        await EnsureAsync(answer);
        return new(browser, id, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The owner's page, the invitation accepted.</summary>
    public async Task<IPage> JoinAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280, string locale = "en-US")
    {
        var page = await _browser.OpenAsync(Invitation, scheme, width, locale: locale);
        await page.Locator("input[autocomplete=name]").FillAsync(OwnerName);
        await page.Locator("input[autocomplete=new-password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator(".side").WaitForAsync();
        return page;
    }

    /// <summary>The owner's page in a browser that has not been here before.</summary>
    public async Task<IPage> SignInAsync(string? mail = null)
    {
        var page = await _browser.OpenAsync("/console/");
        await FillSignInAsync(page, mail ?? OwnerMail, Password);
        return page;
    }

    public static async Task FillSignInAsync(IPage page, string mail, string password)
    {
        await page.GetByLabel("Mail address").FillAsync(mail);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>A shopper's own credential.</summary>
    public async Task<HttpClient> ShopperAsync()
    {
        using var page = As(_made.GetProperty("publishableKey").GetString()!);
        page.DefaultRequestHeaders.Add("Origin", _browser.Product.Address.ToString().TrimEnd('/'));
        var answer = await page.PostAsJsonAsync("/v1/shopper/sessions", new { locale = "en", session = "s-" + Guid.NewGuid().ToString("N")[..12] });
        await EnsureAsync(answer);
        return As((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!);
    }

    /// <summary>Says something in a new conversation. @returns its id.</summary>
    public static async Task<string> AskAsync(HttpClient shopper, string text, string? conversation = null)
    {
        conversation ??= "talk-" + Guid.NewGuid().ToString("N")[..12];
        await EnsureAsync(await shopper.PostAsJsonAsync($"/v1/shopper/conversations/{conversation}/messages", new { clientId = "m-" + Guid.NewGuid().ToString("N")[..12], text }));
        return conversation;
    }

    /// <summary>Of several gateways another one may be asked than the page's: it hears of what was done a moment later.</summary>
    /// <returns>All that is said.</returns>
    public static async Task<string> ShouldSayAsync(HttpClient client, string path, string text)
    {
        var said = await client.GetStringAsync(path);
        for (var began = Stopwatch.StartNew(); !said.Contains(text, StringComparison.Ordinal) && began.Elapsed < Patience; said = await client.GetStringAsync(path))
        {
            await Task.Delay(100);
        }

        said.ShouldContain(text);
        return said;
    }

    /// <summary>Waits for what a change puts on the page. A page that asked a gateway which had not heard of it yet is loaded again, as a person would.</summary>
    public static async Task SeeAsync(IPage page, ILocator wanted)
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < Patience;)
        {
            try
            {
                await wanted.WaitForAsync(new() { Timeout = 5_000 });
                return;
            }
            catch (TimeoutException)
            {
                await page.ReloadAsync();
            }
        }

        await wanted.WaitForAsync();
    }

    public static Task VisitAsync(HttpClient shopper, string page, string? subject = null) => PostAsync(shopper, "/v1/shopper/visits", new
    {
        visits = new[] { new { id = "v-" + Guid.NewGuid().ToString("N")[..12], session = "session-one", at = DateTimeOffset.UtcNow, page, subject, dwellSeconds = 20 } },
    });

    public async Task WriteItemAsync(string id, string question, string answer)
    {
        using var secret = Secret();
        await EnsureAsync(await secret.PutAsJsonAsync($"/v1/knowledge/items/{id}", new { question, variants = Array.Empty<string>(), answer, locale = "en", actions = Array.Empty<object>() }));
    }

    public static async Task PostAsync(HttpClient client, string path, object body) => await EnsureAsync(await client.PostAsJsonAsync(path, body));

    public static async Task EnsureAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private HttpClient As(string credential)
    {
        var client = new HttpClient { BaseAddress = _browser.Product.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }
}
