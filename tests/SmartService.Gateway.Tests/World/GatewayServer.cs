using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SmartService.Assistance;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Engine.Understanding;
using SmartService.ReadModels;

namespace SmartService.Gateway.Tests.World;

/// <summary>The gateway over the real embedded engine and read models, in memory's reach: no port is opened.</summary>
public sealed class GatewayServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "gateway-" + Guid.NewGuid().ToString("N"));
    private readonly Dictionary<string, string?> _settings;
    private readonly TimeProvider _clock;
    private WebApplication? _app;
    private string _adminKey = "";

    public GatewayServer()
        : this([])
    {
    }

    internal GatewayServer(Dictionary<string, string?> settings, TimeProvider? clock = null) => (_clock, _settings) = (clock ?? TimeProvider.System, new(settings)
    {
        // Tests call fast and from one address; what tests limits sets its own.
        ["SmartService:Limits:AddressPerSecond"] = settings.GetValueOrDefault("SmartService:Limits:AddressPerSecond", "0"),
        ["SmartService:Limits:SessionsPerSecond"] = settings.GetValueOrDefault("SmartService:Limits:SessionsPerSecond", "0"),
        ["SmartService:Limits:RefusedPerSecond"] = settings.GetValueOrDefault("SmartService:Limits:RefusedPerSecond", "0"),
        ["SmartService:Console:PasswordRounds"] = settings.GetValueOrDefault("SmartService:Console:PasswordRounds", "1000"), // hashing is meant to be slow, tests are not
        ["SmartService:Limits:ShopperPerSecond"] = settings.GetValueOrDefault("SmartService:Limits:ShopperPerSecond", "0"),

        // A machine with other work to do must not make the ladder refuse what a test sends.
        ["SmartService:Peak:Enabled"] = settings.GetValueOrDefault("SmartService:Peak:Enabled", "false"),
    });

    public IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Services.AddSingleton(_clock);
        builder.Services.AddEmbeddedEngine(o => o.DataDirectory = _folder);
        builder.Services.AddReadModels(o => o.DataDirectory = _folder);
        builder.Services.AddSingleton<IUnderstanding, NoUnderstanding>();
        builder.Services.AddSingleton<IQuestionPredictor, NoPrediction>();
        builder.Services.AddAssistance();
        builder.Services.AddGateway(builder.Configuration);
        builder.Services.PostConfigure<GatewayOptions>(o => o.DataFolder = _folder);
        builder.Services.TryAddSingleton<IJournalErasure, RecordingEraser>();
        _app = builder.Build();
        _app.MapGateway();
        _adminKey = _app.Services.PrepareKeys().Fresh!;
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public HttpClient As(string? credential)
    {
        var client = _app!.GetTestClient();
        client.DefaultRequestHeaders.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    /// <summary>A request as the server's socket would bring it, from that address.</summary>
    public Task<HttpContext> SendFromAsync(string address, string method, string path, string? credential = null) =>
        _app!.GetTestServer().SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
            (context.Request.Method, context.Request.Path) = (method, path);
            if (credential is not null)
            {
                context.Request.Headers.Authorization = "Bearer " + credential;
            }
        });

    public HttpClient AsAdmin() => As(_adminKey);

    /// <summary>A store of its own for each test: nothing is shared but the server.</summary>
    internal async Task<Store> OpenStoreAsync(params string[] origins)
    {
        var id = "t-" + Guid.NewGuid().ToString("N")[..12];
        var answer = await AsAdmin().PostAsync("/v1/tenants", Json(new { id, name = "Test", locale = "en", currency = "USD", timeZone = "Europe/Paris", origins }));
        answer.EnsureSuccessStatusCode();
        var keys = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new(this, id, keys.GetProperty("secretKey").GetString()!, keys.GetProperty("publishableKey").GetString()!, keys.GetProperty("agentKey").GetString()!);
    }

    public static StringContent Json(object value) => Text(JsonSerializer.Serialize(value));

    public static StringContent Text(string json, string type = "application/json") => new(json, Encoding.UTF8, type);
}

/// <summary>One store with its keys.</summary>
internal sealed record Store(GatewayServer Server, string Id, string SecretKey, string PublishableKey, string AgentKey)
{
    public HttpClient Secret => Server.As(SecretKey);

    public HttpClient Agent => Server.As(AgentKey);

    public async Task<(string Token, string Customer)> OpenSessionAsync(object? body = null)
    {
        var answer = await Server.As(PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(body ?? new { }));
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (session.GetProperty("token").GetString()!, session.GetProperty("customer").GetString()!);
    }

    public async Task<HttpClient> ShopperAsync() => Server.As((await OpenSessionAsync()).Token);
}

/// <summary>One server for all tests that need no settings of their own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedServer : ICollectionFixture<GatewayServer>
{
    public const string Name = "gateway";
}

internal static class Answers
{
    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<string> CodeAsync(this HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return (await answer.BodyAsync()).GetProperty("code").GetString()!;
    }
}
