using System.Net;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Staff;

[Collection(SharedServer.Name)]
public class SynonymsTests(GatewayServer server)
{
    private static readonly string[][] OneGroup = [["delivery fee", "porto"]];

    [Fact]
    public async Task Put_Vocabulary_IsReadBackWhole()
    {
        var store = await server.OpenStoreAsync();
        var sent = new { groups = new[] { new[] { "delivery fee", "운임" } }, products = new[] { new { id = "bag-1", names = new[] { "down bag", "침낭", "睡袋" } } } };

        using var put = await store.Secret.PutAsync("/v1/knowledge/synonyms", GatewayServer.Json(sent));

        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var get = await store.Secret.GetAsync("/v1/knowledge/synonyms");
        var body = await get.BodyAsync();
        body.GetProperty("groups")[0][1].GetString().ShouldBe("운임");
        body.GetProperty("products")[0].GetProperty("id").GetString().ShouldBe("bag-1");
        body.GetProperty("products")[0].GetProperty("names").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Put_FaultyVocabulary_NamesEveryFaultAndChangesNothing()
    {
        var store = await server.OpenStoreAsync();
        var sent = new { groups = new[] { new[] { "alone" } }, products = new[] { new { id = "p", names = Array.Empty<string>() } } };

        using var put = await store.Secret.PutAsync("/v1/knowledge/synonyms", GatewayServer.Json(sent));

        put.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var faults = (await put.BodyAsync()).GetProperty("errors").EnumerateArray().Select(fault => fault.GetProperty("field").GetString()).ToArray();
        faults.ShouldBe(["groups[0]", "products[0].names"]);
        using var get = await store.Secret.GetAsync("/v1/knowledge/synonyms");
        (await get.BodyAsync()).GetProperty("groups").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Put_OfAnotherStore_IsNotSeen()
    {
        var (one, other) = (await server.OpenStoreAsync(), await server.OpenStoreAsync());
        (await one.Secret.PutAsync("/v1/knowledge/synonyms", GatewayServer.Json(new { groups = OneGroup }))).EnsureSuccessStatusCode();

        using var get = await other.Secret.GetAsync("/v1/knowledge/synonyms");

        (await get.BodyAsync()).GetProperty("groups").GetArrayLength().ShouldBe(0);
    }
}
