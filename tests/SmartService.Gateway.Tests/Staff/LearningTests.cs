using System.Net;
using System.Text.Json;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Staff;

[Collection(SharedServer.Name)]
public sealed class LearningTests(GatewayServer server)
{
    [Fact]
    public async Task Run_Started_EndsWithAReportThatIsListed()
    {
        var store = await server.OpenStoreAsync();

        using var started = await store.Secret.PostAsync("/v1/learning/runs", null);

        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var report = (await FinishedAsync(store.Agent, started.Headers.Location!.ToString())).GetProperty("report");
        report.GetProperty("verdict").GetString().ShouldBe("too_few_confirmed");
        var listed = await Json(store.Agent, "/v1/learning/reports");
        listed.GetProperty("reports").EnumerateArray().ShouldHaveSingleItem().GetProperty("run").GetString().ShouldBe(report.GetProperty("run").GetString());
        (await Json(store.Agent, $"/v1/learning/reports/{report.GetProperty("run").GetString()}")).GetProperty("why").GetString()!.ShouldContain("needed");
        (await Json(store.Agent, "/v1/learning")).TryGetProperty("live", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_ByTheAdministrator_IsForTheStoreInTheAddress()
    {
        var store = await server.OpenStoreAsync();

        using var started = await server.AsAdmin().PostAsync($"/v1/tenants/{store.Id}/learning/runs", null);
        await FinishedAsync(server.AsAdmin(), started.Headers.Location!.ToString());

        (await Json(store.Agent, "/v1/learning/reports")).GetProperty("reports").GetArrayLength().ShouldBe(1);
        using var nobody = await server.AsAdmin().PostAsync("/v1/tenants/nobody/learning/runs", null);
        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Run_OfAnotherStore_IsNotFound()
    {
        var (store, other) = (await server.OpenStoreAsync(), await server.OpenStoreAsync());
        using var started = await store.Secret.PostAsync("/v1/learning/runs", null);
        await FinishedAsync(store.Agent, started.Headers.Location!.ToString());

        using var answer = await other.Secret.GetAsync(started.Headers.Location);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task RollBack_NothingLive_IsRefused()
    {
        var store = await server.OpenStoreAsync();

        using var answer = await store.Secret.PostAsync("/v1/learning/rollback", null);

        (answer.StatusCode, await answer.CodeAsync()).ShouldBe((HttpStatusCode.Conflict, "nothing_to_roll_back"));
    }

    [Fact]
    public async Task Teach_LoggedQuestion_IsCountedAndForgottenOnDemand()
    {
        var store = await server.OpenStoreAsync();
        await AskAsync(store);

        using var taught = await store.Agent.PutAsync("/v1/questions/conversation-1/1/intent", GatewayServer.Json(new { intent = "order.status" }));
        taught.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await taught.BodyAsync()).GetProperty("taught").GetInt32().ShouldBe(1);
        using var bad = await store.Agent.PutAsync("/v1/questions/conversation-1/1/intent", GatewayServer.Json(new { intent = "Not An Intent" }));
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bad.BodyAsync()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("intent");

        using var forgotten = await store.Secret.DeleteAsync("/v1/learning");
        (await forgotten.BodyAsync()).GetProperty("taught").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Correction_ReplacesAnItemThatIsNotThere_NamesTheField()
    {
        var store = await server.OpenStoreAsync();
        await AskAsync(store);

        using var answer = await store.Agent.PostAsync(
            "/v1/questions/conversation-1/1/correction", GatewayServer.Json(new { question = "Q?", answer = "A.", locale = "en", replaces = "gone" }));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.BodyAsync()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("replaces");
    }

    [Fact]
    public async Task Ready_NoModelRefused_SaysSo()
    {
        var check = (await Json(server.As(null), "/readyz")).GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "tenant models");

        check.GetProperty("ready").GetBoolean().ShouldBeTrue();
        check.TryGetProperty("detail", out _).ShouldBeFalse();
    }

    /// <summary>A shopper's question, once the log has it.</summary>
    private static async Task AskAsync(Store store)
    {
        var shopper = await store.ShopperAsync();
        using var asked = await shopper.PostAsync("/v1/shopper/conversations/conversation-1/messages", GatewayServer.Json(new { clientId = "client-01", text = "hello" }));
        asked.EnsureSuccessStatusCode();
        while ((await Json(store.Agent, "/v1/questions")).GetProperty("questions").GetArrayLength() == 0)
        {
            await Task.Yield(); // The log follows the journal within moments.
        }
    }

    private static async Task<JsonElement> FinishedAsync(HttpClient client, string run)
    {
        while (true)
        {
            var body = await Json(client, run);
            if (body.GetProperty("state").GetString() is "done" or "failed")
            {
                return body;
            }

            await Task.Yield();
        }
    }

    private static async Task<JsonElement> Json(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await answer.BodyAsync();
    }
}
