using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace SmartService.Benchmarks.Product;

/// <summary>A store with a few answers, and shoppers who ask for them: the same for every engine.</summary>
internal sealed class ShopperLoad
{
    private const int Shoppers = 4_096;
    private const int SessionsAtOnce = 32;

    private static readonly string[] Questions =
    [
        "Where is my order?", "How long does delivery take?", "Can I return an opened item?", "배송비는 얼마인가요?", "发票怎么开", "Which payment methods do you take?",
    ];

    private ShopperLoad(string[] tokens, string secret) => (Tokens, Secret) = (tokens, secret);

    public string[] Tokens { get; }

    /// <summary>The store's secret key; of several stores' the first one's.</summary>
    public string Secret { get; }

    /// <summary>Opens a store with four answers and gives every shopper a session.</summary>
    public static async Task<ShopperLoad> OpenAsync(Uri address, string adminKey, HttpClient http, string store = "bench", int shoppers = Shoppers)
    {
        var made = await SendAsync(http, address, "/v1/tenants", adminKey, new { id = store, name = "Bench", locale = "en", currency = "USD", timeZone = "UTC", origins = Array.Empty<string>() });
        var secret = made["secretKey"]!.GetValue<string>();
        await SendAsync(http, address, "/v1/tenant/policy", secret, HttpMethod.Put, Policy());
        var items = new JsonArray(
            Item("q1", "order.status", "Where is my order?", "Your order page shows every step of it."),
            Item("q2", "delivery.time", "How long does delivery take?", "Three working days."),
            Item("q3", "return.policy", "Can I return an opened item?", "Yes, within 30 days."),
            Item("q4", "payment.method", "Which payment methods do you take?", "Cards and bank transfer."));
        using var import = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/knowledge/import?format=json"))
        {
            Content = new StringContent(items.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        import.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (await http.SendAsync(import)).EnsureSuccessStatusCode();

        var publishable = made["publishableKey"]!.GetValue<string>();
        var tokens = new string[shoppers];
        await Parallel.ForAsync(0, shoppers, new ParallelOptions { MaxDegreeOfParallelism = SessionsAtOnce }, async (i, _) =>
            tokens[i] = (await SendAsync(http, address, "/v1/shopper/sessions", publishable, new { session = $"s_{i:00000000}" }))["token"]!.GetValue<string>());
        return new(tokens, secret);
    }

    /// <summary>All shoppers of several stores as one load, mixed.</summary>
    public static ShopperLoad Of(IReadOnlyList<ShopperLoad> stores)
    {
        var tokens = stores.SelectMany(s => s.Tokens).ToArray();
        new Random(11).Shuffle(tokens);
        return new(tokens, stores[0].Secret);
    }

    /// <summary>Every shopper has looked at a page once.</summary>
    public async Task VisitAsync(int port, int connections)
    {
        var next = -1;
        await HttpLoad.RunToEndAsync(
            port, connections, () => Interlocked.Increment(ref next) is var i && i < Tokens.Length ? HttpLoad.Post("/v1/shopper/visits", Tokens[i], Visit(i)) : default(ReadOnlyMemory<byte>?));
    }

    /// <summary>Every few messages a new conversation, as shoppers have them; each request is made before its clock starts.</summary>
    public Func<ReadOnlyMemory<byte>> Messages(int connection, string prefix)
    {
        const int PerConversation = 6;
        var sent = 0;
        return () =>
        {
            var shopper = ((connection * 64) + (sent / PerConversation)) % Tokens.Length;
            var json = string.Create(
                CultureInfo.InvariantCulture, $"{{\"clientId\":\"{prefix}_{connection:0000}{sent:0000000000}\",\"text\":\"{Questions[sent % Questions.Length]}\"}}");
            var path = string.Create(CultureInfo.InvariantCulture, $"/v1/shopper/conversations/c{prefix}_{connection:0000}{sent / PerConversation:00000000}/messages");
            sent++;
            return HttpLoad.Post(path, Tokens[shopper], json);
        };
    }

    private static string Visit(int shopper) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"visits\":[{{\"id\":\"visit_{shopper:00000000}\",\"session\":\"s_{shopper:00000000}\",\"at\":\"{DateTimeOffset.UtcNow:O}\",\"page\":\"home\"}}]}}");

    private static object Policy() => new
    {
        tone = "friendly",
        forbiddenWords = Array.Empty<string>(),
        messagesPerMinute = 600,
        popups = new { enabled = true, perSession = 2, perDay = 4, pauseSeconds = 60, holdoutShare = 0.05, minProbability = 0.35 },
        bot = new { answerFrom = 0.5, clarifyFrom = 0.25, maxClarifications = 1, autonomy = true },
    };

    private static JsonObject Item(string id, string intent, string question, string answer) => new()
    {
        ["id"] = id, ["intent"] = intent, ["question"] = question, ["variants"] = new JsonArray(), ["answer"] = answer, ["locale"] = "en", ["actions"] = new JsonArray(),
    };

    private static Task<JsonNode> SendAsync(HttpClient http, Uri address, string path, string key, object body) =>
        SendAsync(http, address, path, key, HttpMethod.Post, body);

    private static async Task<JsonNode> SendAsync(HttpClient http, Uri address, string path, string key, HttpMethod method, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length == 0 ? "{}" : text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
