using System.Net;
using System.Text.Json;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Shoppers;

[Collection(SharedServer.Name)]
public class ShopperTests(GatewayServer server)
{
    [Fact]
    public async Task Message_SentTwice_IsOneMessageWithTheSameAnswer()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        var body = new { clientId = "message-1", text = "Where is it?" };
        var first = await (await shopper.PostAsync("/v1/shopper/conversations/conversation-1/messages", GatewayServer.Json(body))).BodyAsync();
        var again = await (await shopper.PostAsync("/v1/shopper/conversations/conversation-1/messages", GatewayServer.Json(body))).BodyAsync();
        again.GetRawText().ShouldBe(first.GetRawText());
        var conversation = await (await shopper.GetAsync("/v1/shopper/conversations/conversation-1")).BodyAsync();
        conversation.GetProperty("messages").EnumerateArray().Count(m => m.GetProperty("author").GetString() == "customer").ShouldBe(1);
    }

    [Fact]
    public async Task Visits_AsBeacon_TakeTheTokenFromTheBody()
    {
        var store = await server.OpenStoreAsync();
        var (token, customer) = await store.OpenSessionAsync();
        var beacon = GatewayServer.Text(JsonSerializer.Serialize(new { token, visits = new[] { Visit("beacon-01") } }), "text/plain");
        using var answer = await server.As(null).PostAsync("/v1/shopper/visits", beacon);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await answer.BodyAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);
        var known = await (await store.Secret.GetAsync($"/v1/customers/{customer}")).BodyAsync();
        known.GetProperty("visits")[0].GetProperty("id").GetString().ShouldBe("beacon-01");
    }

    [Theory]
    [InlineData("""{"visits":[]}""")]
    [InlineData("""{"token":"st_x.y","visits":[]}""")]
    [InlineData("""{"token":7}""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Visits_AsBeaconWithoutAToken_Answers401(string body) =>
        (await server.As(null).PostAsync("/v1/shopper/visits", GatewayServer.Text(body, "text/plain"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Message_AsBeacon_IsNotTaken()
    {
        var store = await server.OpenStoreAsync();
        var (token, _) = await store.OpenSessionAsync();
        var body = GatewayServer.Text(JsonSerializer.Serialize(new { token, clientId = "message-1", text = "hi" }), "text/plain");
        (await server.As(null).PostAsync("/v1/shopper/conversations/conversation-1/messages", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Origin_NotListed_IsRefusedBeforeAnythingHappens()
    {
        var store = await server.OpenStoreAsync("https://shop.example");
        var shopper = await store.ShopperAsync();
        shopper.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var refused = await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Json(new { visits = new[] { Visit("visit-001") } }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.CodeAsync()).ShouldBe("origin_not_allowed");
        refused.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();

        shopper.DefaultRequestHeaders.Remove("Origin");
        shopper.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        using var taken = await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Json(new { visits = new[] { Visit("visit-001") } }));
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        taken.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://shop.example"]);
        taken.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Fact]
    public async Task Preflight_AnyOrigin_PermitsSendingOnly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/shopper/visits");
        request.Headers.Add("Origin", "https://anywhere.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await server.As(null).SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Fact]
    public async Task Messages_OverTheTenantsLimit_Answer429WithRetryAfter()
    {
        var store = await server.OpenStoreAsync();
        (await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { messagesPerMinute = 2 }))).EnsureSuccessStatusCode();
        var shopper = await store.ShopperAsync();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await shopper.PostAsync("/v1/shopper/conversations/conversation-1/messages", GatewayServer.Json(new { clientId = $"message-{i}", text = "hi" })));
        }

        answers.Select(a => (int)a.StatusCode).ShouldBe([200, 200, 429]);
        answers[2].Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await answers[2].CodeAsync()).ShouldBe("rate_limited");
    }

    internal static object Visit(string id) => new { id, session = "session-1", at = DateTimeOffset.UtcNow, page = "product", subject = "tent-3" };
}
