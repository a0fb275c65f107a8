using System.Net;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Merchants;

[Collection(SharedServer.Name)]
public sealed class CampaignTests(GatewayServer server)
{
    [Fact]
    public async Task Put_Campaigns_AreReadBackByFirstDay()
    {
        var store = await server.OpenStoreAsync();
        var sent = new { campaigns = new[] { new { name = "Winter", from = "2026-12-01", to = "2026-12-05" }, new { name = "Spring", from = "2026-05-01", to = "2026-05-01" } } };

        using var put = await store.Secret.PutAsync("/v1/tenant/campaigns", GatewayServer.Json(sent));

        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var get = await store.Secret.GetAsync("/v1/tenant/campaigns");
        var campaigns = (await get.BodyAsync()).GetProperty("campaigns");
        campaigns.GetArrayLength().ShouldBe(2);
        campaigns[0].GetProperty("name").GetString().ShouldBe("Spring");
        campaigns[1].GetProperty("to").GetString().ShouldBe("2026-12-05");
    }

    [Fact]
    public async Task Put_FaultyCampaigns_NamesEveryFaultAndChangesNothing()
    {
        var store = await server.OpenStoreAsync();
        var sent = new { campaigns = new[] { new { name = "", from = "2026-12-05", to = "2026-12-01" } } };

        using var put = await store.Secret.PutAsync("/v1/tenant/campaigns", GatewayServer.Json(sent));

        put.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var faults = (await put.BodyAsync()).GetProperty("errors").EnumerateArray().Select(fault => fault.GetProperty("field").GetString());
        faults.ShouldBe(["campaigns[0].name", "campaigns[0].to"]);
        using var get = await store.Secret.GetAsync("/v1/tenant/campaigns");
        (await get.BodyAsync()).GetProperty("campaigns").GetArrayLength().ShouldBe(0);
    }
}
