using System.Net;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Staff;

[Collection(SharedServer.Name)]
public class PopupLiftTests(GatewayServer server)
{
    [Fact]
    public async Task Lift_NothingHappened_SaysNothing()
    {
        var store = await server.OpenStoreAsync();
        var lift = await (await store.Agent.GetAsync("/v1/popups/lift")).BodyAsync();
        lift.GetProperty("shown").GetProperty("customers").GetInt64().ShouldBe(0);
        lift.GetProperty("withheld").GetProperty("customers").GetInt64().ShouldBe(0);
        lift.GetProperty("sure").GetBoolean().ShouldBeFalse();
        lift.GetProperty("eValue").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Lift_SpanTurnedRound_Answers400()
    {
        var store = await server.OpenStoreAsync();
        using var answer = await store.Agent.GetAsync("/v1/popups/lift?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Policy_PrecisionChanged_StaysWhenOtherFieldsChange()
    {
        var store = await server.OpenStoreAsync();
        (await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { popups = new { precision = 0.8, exploreShare = 0.01 } }))).EnsureSuccessStatusCode();
        (await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { popups = new { perDay = 3 } }))).EnsureSuccessStatusCode();
        var popups = (await (await store.Secret.GetAsync("/v1/tenant/policy")).BodyAsync()).GetProperty("popups");
        popups.GetProperty("precision").GetDouble().ShouldBe(0.8);
        popups.GetProperty("exploreShare").GetDouble().ShouldBe(0.01);
        popups.GetProperty("perDay").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Policy_PrecisionOutOfRange_Answers400NamingTheField()
    {
        var store = await server.OpenStoreAsync();
        using var answer = await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { popups = new { precision = 0.1 } }));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("popups.precision");
    }
}
