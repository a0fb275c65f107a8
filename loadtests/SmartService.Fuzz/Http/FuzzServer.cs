using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine.Embedded;
using SmartService.Engine.Understanding;
using SmartService.Gateway;
using SmartService.ReadModels;

namespace SmartService.Fuzz.Http;

/// <summary>The gateway over the real engine and read models, without a port; one store with something in it.</summary>
internal sealed class FuzzServer : IAsyncDisposable
{
    private static readonly string[] Limits = ["Address", "Sessions", "Key", "Shopper", "Refused"];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "smartservice-fuzz-" + Guid.NewGuid().ToString("N"));
    private readonly WebApplication _app;

    private FuzzServer()
    {
        Directory.CreateDirectory(_folder);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(Limits.Select(l => KeyValuePair.Create<string, string?>($"SmartService:Limits:{l}PerSecond", "0")));
        builder.Configuration["SmartService:Peak:Enabled"] = "false"; // What the ladder refuses on a busy machine would reach nothing behind it.
        builder.Services.AddEmbeddedEngine(o => o.DataDirectory = _folder);
        builder.Services.AddReadModels(o => o.DataDirectory = _folder);
        builder.Services.AddSingleton<IUnderstanding, WordUnderstanding>();
        builder.Services.AddSingleton<IQuestionPredictor, NoPrediction>();
        builder.Services.AddAssistance(o => o.Learning.Folder = Path.Combine(_folder, "models"));
        builder.Services.AddGateway(builder.Configuration);
        builder.Services.PostConfigure<GatewayOptions>(o => o.DataFolder = _folder);
        _app = builder.Build();
        _app.MapGateway();
    }

    /// <summary>Credentials by the names of the description's security schemes.</summary>
    public Dictionary<string, string> Credentials { get; } = [];

    public static async Task<FuzzServer> StartAsync()
    {
        var server = new FuzzServer();
        server.Credentials["adminKey"] = server._app.Services.PrepareKeys().Fresh!;
        await server._app.StartAsync();
        await server.OpenStoreAsync();
        return server;
    }

    public HttpClient Client()
    {
        var client = _app.GetTestClient();
        client.Timeout = TimeSpan.FromMinutes(3);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenStoreAsync()
    {
        var keys = await SendAsync("adminKey", "/v1/tenants", new { id = "shop", name = "Shop", locale = "en", currency = "USD", timeZone = "UTC", origins = Array.Empty<string>() });
        Credentials["secretKey"] = keys.GetProperty("secretKey").GetString()!;
        Credentials["agentKey"] = keys.GetProperty("agentKey").GetString()!;
        Credentials["publishableKey"] = keys.GetProperty("publishableKey").GetString()!;
        var session = await SendAsync("publishableKey", "/v1/shopper/sessions", new { session = "session-0001" });
        Credentials["shopperToken"] = session.GetProperty("token").GetString()!;
        await SendAsync("shopperToken", "/v1/shopper/conversations/known-id-1/messages", new { clientId = "client-0001", text = "Where is it?" });
    }

    private async Task<JsonElement> SendAsync(string credential, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Credentials[credential]);
        using var client = Client();
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Reads by the length alone: fast, and of every kind of answer.</summary>
    private sealed class WordUnderstanding : IUnderstanding
    {
        public string ModelName => "fuzz@test";

        public ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct) => ValueTask.FromResult(
            new MessageUnderstanding([new(text.Length % 3 == 0 ? new IntentId("order.status") : Intents.OutOfScope, 0.8f)], text.Length % 3 == 0 ? 0.1f : 0.9f, Embedding(text), "en"));

        public ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct) =>
            ValueTask.FromResult(texts.Select(Embedding).ToArray());

        private static float[] Embedding(string text)
        {
            var vector = new float[8];
            vector[text.Length % 8] = 1;
            return vector;
        }
    }

    private sealed class NoPrediction : IQuestionPredictor
    {
        public QuestionForecast Predict(CustomerState customer, DateTimeOffset now, CampaignMoment? campaign = null) => new([], null, null, [], "none@test");
    }
}
