using System.Net;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Faults;

[Collection(SharedServer.Name)]
public class BadRequestTests(GatewayServer server)
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{\"visits\":")]
    [InlineData("{\"visits\":[{]}")]
    [InlineData("{\"visits\":\"many\"}")]
    [InlineData("{\"visits\":[null]}")]
    [InlineData("{\"visits\":[7]}")]
    [InlineData("{\"visits\":[{\"page\":7}]}")]
    [InlineData("{\"visits\":[{\"page\":\"nowhere\"}]}")]
    [InlineData("{\"visits\":[{\"at\":\"yesterday\"}]}")]
    [InlineData("{\"visits\":[{\"price\":\"1\"}]}")]
    [InlineData("{\"visits\":[{\"price\":1e400}]}")]
    [InlineData("{\"visits\":[{\"dwellSeconds\":-1}]}")]
    [InlineData("{\"visits\":[],\"visits\":[]}")]
    [InlineData("{\"unknown\":1}")]
    [InlineData("{\"visits\":[{\"id\":\"\\u0000\"}]}")]
    [InlineData("{\"visits\":[{\"subject\":\"\\ud800\"}]}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task Body_Malformed_AnswersAProblemAndNever5xx(string body)
    {
        var store = await server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        using var answer = await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Text(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
        (await answer.CodeAsync()).ShouldBe("invalid");
    }

    [Fact]
    public async Task Body_SeveralFaults_AreAllNamedWithTheirPaths()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        using var answer = await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Text("""{"visits":[{"id":"x","page":"home"},{"session":"session-1"}]}"""));
        var fields = (await answer.BodyAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString());
        fields.ShouldBe(["visits[0].id", "visits[0].session", "visits[0].at", "visits[1].id", "visits[1].at", "visits[1].page"], ignoreOrder: true);
    }

    [Fact]
    public async Task Body_WrongType_NamesThePlace()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        using var answer = await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Text("{\n\"visits\":[\n{\"page\":7}]}"));
        var error = (await answer.BodyAsync()).GetProperty("errors")[0];
        error.GetProperty("field").GetString().ShouldBe("visits[0].page");
        error.GetProperty("line").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task UnknownRouteMethodAndMediaType_AnswerProblems()
    {
        var store = await server.OpenStoreAsync();
        (await (await store.Secret.GetAsync("/v1/nothing")).CodeAsync()).ShouldBe("not_found");
        (await (await store.Secret.DeleteAsync("/v1/tenant")).CodeAsync()).ShouldBe("method_not_allowed");
        (await (await store.Secret.PutAsync("/v1/tenant", GatewayServer.Text("x", "text/xml"))).CodeAsync()).ShouldBe("unsupported_media_type");
    }

    [Fact]
    public async Task BulkOrders_OneFaultyLine_ChangesNothingAndNamesTheLine()
    {
        var store = await server.OpenStoreAsync();
        const string Good = """{"number":"A-1","customer":"ada","lines":[{"product":"p","name":"P","quantity":1,"unitPrice":5}],"total":5,"currency":"USD","placedAt":"2026-01-01T00:00:00Z"}""";
        using var refused = await store.Secret.PostAsync("/v1/orders/bulk", GatewayServer.Text(Good + "\n\n{\"number\":\"A-2\"}\nrubbish", "application/x-ndjson"));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var lines = (await refused.BodyAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("line").GetInt32()).Distinct();
        lines.ShouldBe([3, 4]);
        (await store.Secret.GetAsync("/v1/orders/A-1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var taken = await store.Secret.PostAsync("/v1/orders/bulk", GatewayServer.Text(Good, "application/x-ndjson"));
        (await taken.BodyAsync()).GetProperty("changed").GetInt32().ShouldBe(1);
        using var again = await store.Secret.PostAsync("/v1/orders/bulk", GatewayServer.Text(Good, "application/x-ndjson"));
        (await again.BodyAsync()).GetProperty("changed").GetInt32().ShouldBe(0);
    }
}
