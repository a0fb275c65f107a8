using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Access;

/// <summary>Generated from the route table: a new route is tested without a new test, and fails until it is guarded.</summary>
[Collection(SharedServer.Name)]
public partial class RouteTableTests(GatewayServer server)
{
    private IReadOnlyList<Route> Routes => [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
        .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => new Route(
            m, e.RoutePattern.RawText!, e.Metadata.GetMetadata<IAuthorizeData>()?.Policy)))];

    [Fact]
    public void EveryRoute_HasAPolicy()
    {
        Routes.Count.ShouldBeGreaterThan(60);
        Routes.ShouldAllBe(r => r.Policy != null);
    }

    [Fact]
    public void OpenRoutes_AreTheseAndNoOther() => Routes.Where(r => r.Policy == Policies.Anyone).Select(r => $"{r.Method} {r.Pattern}")
        .ShouldBe(["POST /v1/session", "POST /v1/links/open", "POST /v1/links/redeem"], ignoreOrder: true);

    [Fact]
    public async Task EveryRoute_WithoutOrWithUnknownCredential_Answers401()
    {
        foreach (var route in Routes.Where(r => r.Policy != Policies.Anyone))
        {
            foreach (var credential in new[] { null, "sk_nobody_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "st_x.y", "garbage", "adm_" })
            {
                using var answer = await SendAsync(route, server.As(credential), "known-id-1");
                answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{route} as {credential}");
                (await answer.CodeAsync()).ShouldBe("unauthorized");
            }
        }
    }

    [Fact]
    public async Task EveryRoute_WithAnotherScope_Answers403()
    {
        var store = await server.OpenStoreAsync();
        var shopper = (await store.OpenSessionAsync()).Token;
        foreach (var route in Routes.Where(r => r.Policy != Policies.Anyone))
        {
            string[] wrong = route.Policy switch
            {
                Policies.Admin => [store.SecretKey, store.AgentKey, store.PublishableKey, shopper],
                Policies.Secret => [store.AgentKey, store.PublishableKey, shopper],
                Policies.Staff => [store.PublishableKey, shopper],
                Policies.Member => [store.SecretKey, store.AgentKey, store.PublishableKey, shopper],
                Policies.Publishable => [store.SecretKey, store.AgentKey, shopper],
                _ => [store.SecretKey, store.AgentKey, store.PublishableKey],
            };
            foreach (var credential in wrong)
            {
                using var answer = await SendAsync(route, server.As(credential), "known-id-1");
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{route} as {credential[..3]}");
            }
        }
    }

    [Fact]
    public async Task EveryRouteWithAnId_OfAnotherTenant_Answers404AndChangesNothing()
    {
        var known = await Known.MakeAsync(await server.OpenStoreAsync());
        var before = await known.LookAsync();
        foreach (var route in Routes.Where(r => r.Policy != Policies.Admin && r.Pattern.Contains('{', StringComparison.Ordinal)))
        {
            // A fresh store each time: what one call makes there must not be what the next one finds.
            var theirs = await server.OpenStoreAsync();
            var client = route.Policy switch
            {
                Policies.Shopper => await theirs.ShopperAsync(),
                Policies.Member => (await theirs.JoinAsync(MemberRole.Owner)).Client,
                _ => theirs.Secret,
            };
            using var answer = await SendAsync(route, client, known.IdOf(route.Pattern));

            // PUT, and a shopper's first message, make one of their own under the same id.
            var makes = route.Method == "PUT"
                || (route.Policy == Policies.Shopper && (route.Pattern.EndsWith("/messages", StringComparison.Ordinal) || route.Pattern.EndsWith("/call-back", StringComparison.Ordinal)));
            int[] allowed = makes ? [200, 404] : [404];
            if (route.Method == "DELETE" && route.Pattern.Contains("/customers/", StringComparison.Ordinal))
            {
                allowed = [200]; // forgetting somebody never seen is done at once, in their own store
            }

            allowed.ShouldContain((int)answer.StatusCode, $"{route}: {await answer.Content.ReadAsStringAsync()}");
        }

        (await known.LookAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task EveryShopperRouteWithAnId_OfAnotherShopper_Answers404()
    {
        var store = await server.OpenStoreAsync();
        var known = await Known.MakeAsync(store);
        var other = await store.ShopperAsync();
        var before = await known.LookAsync();
        foreach (var route in Routes.Where(r => r.Policy == Policies.Shopper && r.Pattern.Contains('{', StringComparison.Ordinal)))
        {
            using var answer = await SendAsync(route, other, known.IdOf(route.Pattern));
            ((int)answer.StatusCode).ShouldBe(404, $"{route}: {await answer.Content.ReadAsStringAsync()}");
        }

        (await known.LookAsync()).ShouldBe(before);
    }

    internal static Task<HttpResponseMessage> SendAsync(Route route, HttpClient client, string id)
    {
        var path = Hole().Replace(route.Pattern, m => m.Value.Contains(":int", StringComparison.Ordinal) ? "1" : id);
        var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route.Method is "POST" or "PUT" && Bodies.Of(route.Pattern) is { } body)
        {
            request.Content = GatewayServer.Text(body);
        }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Hole();

    internal sealed record Route(string Method, string Pattern, string? Policy);
}
