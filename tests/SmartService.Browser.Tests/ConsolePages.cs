using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SmartService.Browser.Tests;

/// <summary>The console of a demo store with something on every page: questions, an unanswered cluster, candidates, releases.</summary>
internal sealed class ConsolePages
{
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8]; // A product that runs already may have seen these tests before.
    private static readonly string Release = $"release-shown-{Run}";
    private static readonly string[] Released = [$"candidate-confirmed-1-{Run}"];
    private readonly List<(string Name, string Path)> _pages;

    private ConsolePages(List<(string Name, string Path)> pages) => _pages = pages;

    /// <summary>Every page with its address; the first signs in by the demo store's own key.</summary>
    public IReadOnlyList<(string Name, string Path)> All => _pages;

    public static async Task<ConsolePages> FillAsync(RunningProduct product, string tenant)
    {
        var http = product.Http;
        var key = await http.GetFromJsonAsync<JsonElement>(new Uri(product.Address, $"/demo/api/{tenant}/console-key"));
        var store = await http.GetFromJsonAsync<JsonElement>(new Uri(product.Address, $"/demo/api/{tenant}/store"));
        using var staff = As(product, key.GetProperty("key").GetString()!);
        using var pages = As(product, store.GetProperty("publishableKey").GetString()!);
        var conversation = await AskAsync(product, pages);

        var item = (await staff.GetFromJsonAsync<JsonElement>("/v1/knowledge/items?limit=1")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await PostAsync(staff, "/v1/knowledge/candidates", new { id = $"candidate-waiting-{Run}", question = "Is there a shop in Lyon?" });
        foreach (var (id, question) in new[] { ($"candidate-confirmed-1-{Run}", "Can I bring my dog into the shop?"), ($"candidate-confirmed-2-{Run}", "Do you repair stoves of other makers, also old ones without a receipt?") })
        {
            await PostAsync(staff, "/v1/knowledge/candidates", new { id, question });
            await PutAsync(staff, $"/v1/knowledge/candidates/{id}", new
            {
                question, variants = new[] { question + " Please tell me." }, locale = "en", actions = Array.Empty<object>(),
                answer = "Yes. Come by between nine and six, and bring the thing itself: we look at it together and tell you what it costs before anything is done.",
            });
        }

        await PostAsync(staff, "/v1/knowledge/releases", new { release = Release, candidates = Released, note = "Dogs" });
        await PostAsync(staff, $"/v1/knowledge/releases/{Release}/replay?days=7", new { });
        return new(
        [
            ("log", $"/console/questions?demo={tenant}"), ("question", $"/console/questions?open={conversation}:1"), ("unanswered", "/console/unanswered"),
            ("candidates", "/console/candidates"), ("confirmed", "/console/candidates?status=confirmed"), ("nothing-dismissed", "/console/candidates?status=dismissed"),
            ("releases", "/console/releases"), ("release", $"/console/release?id={Release}"), ("items", "/console/items"), ("item", $"/console/item?id={item}"),
            ("new-item", "/console/new-item"), ("files", "/console/files"), ("try", "/console/try"), ("live", "/console/live"), ("talks", "/console/conversations?queue=all"), ("talk", $"/console/conversations?queue=all&open={conversation}"), ("customers", "/console/customers"),
            ("home", "/console/"), ("learning", "/console/learning"), ("settings", "/console/settings"), ("canned", "/console/settings/canned"), ("synonyms", "/console/settings/synonyms"), ("nowhere", "/console/no-such-page"),
        ]);
    }

    /// <summary>Each question in a conversation of its own: after a hand-off the bot is silent.</summary>
    /// <returns>The first conversation.</returns>
    private static async Task<string> AskAsync(RunningProduct product, HttpClient pages)
    {
        var first = "";
        foreach (var text in new[]
        {
            "How long does delivery take?", "Can I return worn boots?", "배송은 얼마나 걸리나요?", "退货运费谁出", "What is your return policy for tents that were pitched once and dried?",
            "blorp zxqv 9931 wug",
        })
        {
            var conversation = "console-" + Guid.NewGuid().ToString("N")[..12];
            first = first.Length == 0 ? conversation : first;
            var session = await (await pages.PostAsJsonAsync("/v1/shopper/sessions", new { })).Content.ReadFromJsonAsync<JsonElement>();
            using var shopper = As(product, session.GetProperty("token").GetString()!);
            await PostAsync(shopper, $"/v1/shopper/conversations/{conversation}/messages", new { clientId = "message-1", text });
        }

        return first;
    }

    private static HttpClient As(RunningProduct product, string credential)
    {
        var client = new HttpClient { BaseAddress = product.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    private static async Task PostAsync(HttpClient client, string path, object body) => await EnsureAsync(await client.PostAsJsonAsync(path, body));

    private static async Task PutAsync(HttpClient client, string path, object body) => await EnsureAsync(await client.PutAsJsonAsync(path, body));

    private static async Task EnsureAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
