using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Tests.Access;

/// <summary>Of routes that the product does not have: those it has are all in the matrix.</summary>
public sealed class AccessMiddlewareTests
{
    [Fact]
    public async Task Route_WithoutAPolicy_IsClosed() => (await StatusAsync()).ShouldBe(StatusCodes.Status401Unauthorized);

    [Fact]
    public async Task Route_WithAPolicyNobodyKnows_IsClosed() => (await StatusAsync(new AuthorizeAttribute("no such policy"))).ShouldBe(StatusCodes.Status401Unauthorized);

    [Fact]
    public async Task Route_WithTwoPolicies_NeedsBoth() =>
        (await StatusAsync(new AuthorizeAttribute(Policies.Anyone), new AuthorizeAttribute(Policies.Admin))).ShouldBe(StatusCodes.Status401Unauthorized);

    [Fact]
    public async Task Route_ThatSaysSo_IsOpen() => (await StatusAsync(new AllowAnonymousAttribute())).ShouldBe(StatusCodes.Status204NoContent);

    private static async Task<int> StatusAsync(params object[] metadata)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/v1/elsewhere"), 0, new(metadata), null));
        await AccessMiddleware.Check(context, passed =>
        {
            passed.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        return context.Response.StatusCode;
    }
}
