using System.Net;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Merchants;

[Collection(SharedServer.Name)]
public class TenantListTests(GatewayServer server)
{
    [Theory]
    [InlineData("48")]
    [InlineData("힣")]
    [InlineData("=cmd")]
    public async Task Cursor_ThatIsNone_IsTheCallersFault(string cursor)
    {
        using var answer = await server.AsAdmin().GetAsync("/v1/tenants?cursor=" + Uri.EscapeDataString(cursor));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.CodeAsync()).ShouldBe("invalid");
    }
}
