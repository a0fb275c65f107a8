using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SmartService.Host.Demo;

/// <summary>The demo fills its stores as any merchant would: through the public API.</summary>
internal sealed class DemoClient(HttpClient http)
{
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, string key, HttpContent? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, ct);
        if (response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(ct);
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }

        throw new DemoException($"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}", response.StatusCode);
    }

    public Task<JsonNode?> PostAsync(string path, string key, object body, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, path, key, JsonContent.Create(body, options: DemoJson.Options), ct);

    public Task<JsonNode?> PutAsync(string path, string key, object body, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, path, key, JsonContent.Create(body, options: DemoJson.Options), ct);
}

/// <summary>The API refused something the demo asked for.</summary>
internal sealed class DemoException(string message, HttpStatusCode status) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
