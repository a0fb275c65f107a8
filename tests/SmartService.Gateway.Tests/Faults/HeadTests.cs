using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Gateway.Tests.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Faults;

/// <summary>HEAD is GET without the body.</summary>
[Collection(SharedServer.Name)]
public class HeadTests(GatewayServer server)
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/v1/tenant")] // without a credential: a problem, told by its status alone
    [InlineData("/nowhere")]
    public async Task Head_AnyAddress_AnswersAsGetWithoutABody(string path)
    {
        using var get = await server.As(null).GetAsync(path);
        using var head = await server.As(null).SendAsync(new(HttpMethod.Head, path));
        head.StatusCode.ShouldBe(get.StatusCode);
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Head_EveryGetRouteOfTheStore_AnswersAsGet()
    {
        var store = await server.OpenStoreAsync();
        var known = await Known.MakeAsync(store);
        var paths = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)
                && !e.RoutePattern.RawText.Contains("stream", StringComparison.Ordinal) && !e.RoutePattern.RawText.StartsWith("/v1/shopper", StringComparison.Ordinal)
                && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(e => System.Text.RegularExpressions.Regex.Replace(e.RoutePattern.RawText!, @"\{[^}]+\}", known.IdOf(e.RoutePattern.RawText!))).ToList();
        paths.Count.ShouldBeGreaterThan(15);
        foreach (var path in paths)
        {
            using var get = await store.Secret.GetAsync(path);
            using var head = await store.Secret.SendAsync(new(HttpMethod.Head, path));
            head.StatusCode.ShouldBe(get.StatusCode, path);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task Head_WhereOnlyPostIsTaken_Answers405()
    {
        var store = await server.OpenStoreAsync();
        using var head = await store.Secret.SendAsync(new(HttpMethod.Head, "/v1/visits/bulk"));
        head.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Head_Stream_Answers405AndOpensNone()
    {
        var shopper = await (await server.OpenStoreAsync()).ShopperAsync();
        using var head = await shopper.SendAsync(new(HttpMethod.Head, "/v1/shopper/stream"));
        head.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        head.Content.Headers.Allow.ShouldBe(["GET"]);
    }
}
