using System.Net;
using Microsoft.AspNetCore.Http;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Limits;

/// <summary>What a caller over a limit is told. Rates are so low that nothing comes back during a test.</summary>
public sealed class RateLimitTests
{
    private const string Section = "SmartService:Limits:";

    [Fact]
    public async Task Address_BurstSpent_Answers429AndOtherAddressesGoOn()
    {
        await using var server = await StartAsync(("AddressPerSecond", "0.01"), ("AddressBurst", "3"));
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await server.Gateway.SendFromAsync("192.0.2.1", "GET", "/v1/tenants")).Response.StatusCode);
        }

        statuses.ShouldBe([401, 401, 401, 429]);
        var limited = await server.Gateway.SendFromAsync("192.0.2.1", "GET", "/v1/tenants");
        int.Parse(limited.Response.Headers.RetryAfter.ToString(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 100);
        limited.Response.ContentType.ShouldBe("application/problem+json");
        (await server.Gateway.SendFromAsync("192.0.2.2", "GET", "/v1/tenants")).Response.StatusCode.ShouldBe(401);
        (await server.Gateway.SendFromAsync("192.0.2.1", "GET", "/healthz")).Response.StatusCode.ShouldBe(200, "health is asked for without limit");
    }

    [Fact]
    public async Task Address_OfOneIpv6Network_IsOneCaller()
    {
        await using var server = await StartAsync(("AddressPerSecond", "0.01"), ("AddressBurst", "2"));
        var statuses = new List<int>();
        foreach (var address in new[] { "2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3", "2001:db8:0:2::1" })
        {
            statuses.Add((await server.Gateway.SendFromAsync(address, "GET", "/v1/tenants")).Response.StatusCode);
        }

        statuses.ShouldBe([401, 401, 429, 401]);
    }

    [Fact]
    public async Task WrongCredentials_OverTheBurst_Answer429ButTheRightOneGoesOn()
    {
        await using var server = await StartAsync(("RefusedPerSecond", "0.01"), ("RefusedBurst", "2"));
        var store = await server.Gateway.OpenStoreAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await server.Gateway.SendFromAsync("192.0.2.1", "GET", "/v1/tenant", "sk_guessed_key")).Response.StatusCode);
        }

        statuses.ShouldBe([401, 401, 429]);
        (await server.Gateway.SendFromAsync("192.0.2.1", "GET", "/v1/tenant", store.SecretKey)).Response.StatusCode.ShouldBe(200);
    }

    [Fact]
    public async Task Key_BurstSpent_Answers429AndOtherKeysGoOn()
    {
        await using var server = await StartAsync(("KeyPerSecond", "0.01"), ("KeyBurst", "2"));
        var store = await server.Gateway.OpenStoreAsync();
        await ShouldBeLimitedAfterAsync(2, () => store.Secret.GetAsync("/v1/tenant"));
        (await store.Agent.GetAsync("/v1/conversations")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_BurstSpent_Answer429AndOpenShoppersGoOn()
    {
        await using var server = await StartAsync(("SessionsPerSecond", "0.01"), ("SessionsBurst", "2"));
        var store = await server.Gateway.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        await ShouldBeLimitedAfterAsync(1, () => server.Gateway.As(store.PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(new { })));
        (await shopper.GetAsync("/v1/shopper/conversations")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Shopper_BurstSpent_Answers429AndOtherShoppersGoOn()
    {
        await using var server = await StartAsync(("ShopperPerSecond", "0.01"), ("ShopperBurst", "2"));
        var store = await server.Gateway.OpenStoreAsync();
        var (mine, other) = (await store.ShopperAsync(), await store.ShopperAsync());
        await ShouldBeLimitedAfterAsync(2, () => mine.GetAsync("/v1/shopper/conversations"));
        (await other.GetAsync("/v1/shopper/conversations")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldBeLimitedAfterAsync(int allowed, Func<Task<HttpResponseMessage>> call)
    {
        for (var i = 0; i < allowed; i++)
        {
            using var answer = await call();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"call {i + 1}");
        }

        using var limited = await call();
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await limited.CodeAsync()).ShouldBe("rate_limited");
        limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 100);
    }

    private static async Task<LimitedServer> StartAsync(params (string Name, string Value)[] limits)
    {
        var gateway = new GatewayServer(limits.ToDictionary(l => Section + l.Name, l => (string?)l.Value));
        await gateway.InitializeAsync();
        return new(gateway);
    }

    private sealed record LimitedServer(GatewayServer Gateway) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
    }
}
