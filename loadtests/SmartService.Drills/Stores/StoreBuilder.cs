using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartService.Drills.Shoppers;

namespace SmartService.Drills.Stores;

/// <summary>Makes a drill's merchants and shoppers through the product's own API.</summary>
internal sealed class StoreBuilder(HttpClient http, Uri address, string adminKey)
{
    private const int AtOnce = 32;

    /// <summary>Every second shopper has signed in at their store, which vouches for them with a JWT.</summary>
    private const int KnownOneIn = 2;
    private static readonly TimeSpan VouchedFor = TimeSpan.FromMinutes(5);

    /// <exception cref="StoreException">The server refused; the message has its answer.</exception>
    public async Task<Store> BuildAsync(Drill drill, Action<string> says, CancellationToken ct)
    {
        var run = MakeRun();
        var merchants = new List<Merchant>();
        var count = drill.Store.Tenants + (drill.Noise is null ? 0 : 1);
        for (var i = 0; i < count; i++)
        {
            merchants.Add(await BuildMerchantAsync(FormattableString.Invariant($"drill-{run}-{i}"), ct));
        }

        says($"{merchants.Count} merchants");
        var plans = Plan(drill);
        var shoppers = new Shopper[plans.Count];
        await Parallel.ForAsync(0, plans.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, token) =>
            shoppers[i] = await BuildShopperAsync(plans[i], merchants[plans[i].Merchant], FormattableString.Invariant($"{run}{i:x8}"), i % KnownOneIn == 0, token));
        says($"{shoppers.Length} shoppers");
        return new(address, run, merchants, shoppers, plans.FindIndex(p => p.Merchant == drill.Store.Tenants) is var at and >= 0 ? at : plans.Count);
    }

    /// <summary>Who shops where: tenants by Zipf, the noisy one's shoppers last.</summary>
    private static List<(int Merchant, string Locale, bool KeepsStream)> Plan(Drill drill)
    {
        var plan = drill.Store;
        var zipf = new Zipf(plan.Tenants, plan.Zipf);
        var chance = SeededChance.Of(drill.Seed, plan.Shoppers, purpose: 4);
        var noisy = drill.Noise is null ? 0 : Math.Max(2, plan.Shoppers / 2);
        var list = new List<(int, string, bool)>();
        for (var i = 0; i < plan.Shoppers + noisy; i++)
        {
            var merchant = i < plan.Tenants ? i : i < plan.Shoppers ? zipf.Pick(ref chance) : plan.Tenants;
            list.Add((merchant, Locale(plan, chance.Share()), chance.Happens(drill.Shoppers.Streams)));
        }

        return list;
    }

    private static string Locale(StorePlan plan, double share)
    {
        foreach (var (locale, of) in plan.Languages)
        {
            if (share < of)
            {
                return locale;
            }

            share -= of;
        }

        return plan.Languages[^1].Locale;
    }

    /// <summary>Not from the seed: two runs against one server must not meet.</summary>
    private static string MakeRun() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));

    private async Task<Merchant> BuildMerchantAsync(string id, CancellationToken ct)
    {
        var made = await SendAsync(HttpMethod.Post, "/v1/tenants", adminKey, JsonContent.Create(new
        {
            id, name = id, locale = "en", currency = "USD", timeZone = "UTC", origins = Array.Empty<string>(),
        }), ct);
        var signing = await SendAsync(HttpMethod.Post, "/v1/tenant/signing-keys", Text(made, "secretKey"), JsonContent.Create(new { id = "drill", algorithm = "HS256" }), ct);
        var merchant = new Merchant(id, Text(made, "secretKey"), Text(made, "publishableKey"), Text(made, "agentKey"), Text(signing, "secret"));

        // The limit of one shopper protects people from scripts; a drill's shoppers are scripts.
        await SendAsync(HttpMethod.Put, "/v1/tenant/policy", merchant.SecretKey, JsonContent.Create(new { messagesPerMinute = 600 }), ct);
        var items = new JsonArray([.. Phrases.Knowledge.Select(k => new JsonObject
        {
            ["id"] = k.Id, ["intent"] = k.Intent, ["question"] = k.Question, ["variants"] = new JsonArray(), ["answer"] = k.Answer, ["locale"] = k.Locale,
            ["actions"] = new JsonArray(),
        })]);
        await SendAsync(
            HttpMethod.Post, "/v1/knowledge/import?format=json", merchant.SecretKey, new StringContent(items.ToJsonString(), Encoding.UTF8, "application/json"), ct);
        return merchant;
    }

    private async Task<Shopper> BuildShopperAsync(
        (int Merchant, string Locale, bool KeepsStream) plan, Merchant merchant, string id, bool isKnown, CancellationToken ct)
    {
        var jwt = isKnown ? Vouch(merchant, $"c{id}") : null;
        var made = await SendAsync(
            HttpMethod.Post, "/v1/shopper/sessions", merchant.PublishableKey, JsonContent.Create(new { session = $"s{id}", jwt, locale = plan.Locale }), ct);
        return new(plan.Merchant, Text(made, "token"), Text(made, "customer"), plan.Locale, made["position"]!.GetValue<long>(), plan.KeepsStream);
    }

    /// <summary>A JWT as a store signs it (RFC 7519, HS256).</summary>
    private static string Vouch(Merchant merchant, string customer)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { sub = customer, exp = DateTimeOffset.UtcNow.Add(VouchedFor).ToUnixTimeSeconds() });
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(merchant.SigningSecret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Text(JsonNode node, string name) =>
        node[name]?.GetValue<string>() ?? throw new StoreException($"The server's answer has no \"{name}\".");

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string key, HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length == 0 ? "{}" : text)!
            : throw new StoreException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}

/// <summary>A drill's store could not be made.</summary>
internal sealed class StoreException(string message) : Exception(message);
