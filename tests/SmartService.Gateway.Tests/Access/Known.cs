using System.Text.Json;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Access;

/// <summary>A store with one of everything that has an id.</summary>
internal sealed class Known(Store store, string customer, HttpClient shopper)
{
    private const string Conversation = "known-conversation";
    private const string Order = "known-order";
    private const string Item = "known-item";

    public static async Task<Known> MakeAsync(Store store)
    {
        var (token, customer) = await store.OpenSessionAsync();
        var shopper = store.Server.As(token);
        var known = new Known(store, customer, shopper);
        (await shopper.PostAsync($"/v1/shopper/conversations/{Conversation}/messages", GatewayServer.Json(new { clientId = "known-message", text = "hello" }))).EnsureSuccessStatusCode();
        (await store.Secret.PutAsync($"/v1/orders/{Order}", GatewayServer.Json(new
        {
            customer, lines = new[] { new { product = "p", name = "P", quantity = 1, unitPrice = 1 } }, total = 1, currency = "USD", placedAt = DateTimeOffset.UnixEpoch,
        }))).EnsureSuccessStatusCode();
        (await store.Secret.PutAsync($"/v1/knowledge/items/{Item}", GatewayServer.Json(new { question = "Q?", answer = "A.", locale = "en" }))).EnsureSuccessStatusCode();
        (await store.Secret.PutAsync($"/v1/customers/{customer}", GatewayServer.Json(new { name = "Ada" }))).EnsureSuccessStatusCode();
        return known;
    }

    public string IdOf(string pattern) =>
        pattern.Contains("{conversation}", StringComparison.Ordinal) ? Conversation
        : pattern.Contains("{order}", StringComparison.Ordinal) ? Order
        : pattern.Contains("{item}", StringComparison.Ordinal) ? Item
        : pattern.Contains("{customer}", StringComparison.Ordinal) ? customer
        : "known-other-id";

    /// <summary>Everything as its owner sees it.</summary>
    public async Task<string> LookAsync()
    {
        var parts = new List<string>();
        foreach (var path in new[] { $"/v1/orders/{Order}", $"/v1/knowledge/items/{Item}", $"/v1/conversations/{Conversation}" })
        {
            parts.Add(await store.Secret.GetStringAsync(path));
        }

        var person = JsonDocument.Parse(await store.Secret.GetStringAsync($"/v1/customers/{customer}")).RootElement;
        parts.Add(person.GetProperty("name").GetString()!);
        parts.Add(await shopper.GetStringAsync($"/v1/shopper/conversations/{Conversation}"));
        return string.Join('\n', parts);
    }
}
