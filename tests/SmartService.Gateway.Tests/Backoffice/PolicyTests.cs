using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class PolicyTests(GatewayServer server)
{
    private static readonly string[] Languages = ["ko", "en"];
    private static readonly string[] Intents = ["payment.double_charge"];
    private static readonly string[] Cleared = ["discountLimit", "hours"];

    [Fact]
    public async Task Policy_NewFields_StayUntilChangedOrCleared()
    {
        var store = await server.OpenStoreAsync();
        await PutAsync(store, new
        {
            discountLimit = 20, retentionDays = 90, languages = Languages, handOff = new { intents = Intents, afterFailures = 2 },
            hours = new
            {
                enabled = true, timeZone = "Asia/Seoul", week = new[] { new { day = "mon", from = "09:00", to = "24:00" } },
                holidays = new[] { new { date = "2026-12-25", name = "Christmas" } },
            },
        });
        var policy = await PutAsync(store, new { messagesPerMinute = 9 });
        policy.GetProperty("discountLimit").GetInt32().ShouldBe(20);
        policy.GetProperty("retentionDays").GetInt32().ShouldBe(90);
        policy.GetProperty("languages").GetArrayLength().ShouldBe(2);
        policy.GetProperty("handOff").GetProperty("afterFailures").GetInt32().ShouldBe(2);
        policy.GetProperty("hours").GetProperty("week")[0].GetProperty("to").GetString().ShouldBe("00:00");
        policy.GetProperty("hours").GetProperty("holidays")[0].GetProperty("date").GetString().ShouldBe("2026-12-25");
        policy = await PutAsync(store, new { clear = Cleared });
        policy.TryGetProperty("discountLimit", out _).ShouldBeFalse();
        policy.TryGetProperty("hours", out _).ShouldBeFalse();
        policy.GetProperty("retentionDays").GetInt32().ShouldBe(90);
        (await store.Secret.GetJsonAsync("/v1/tenant/policy")).ToString().ShouldBe(policy.ToString());
        (await store.Secret.GetJsonAsync("/v1/tenant/hours")).GetProperty("open").GetBoolean().ShouldBeTrue("without hours people are always there");
    }

    [Theory]
    [InlineData("""{"discountLimit":101}""", "discountLimit")]
    [InlineData("""{"retentionDays":1}""", "retentionDays")]
    [InlineData("""{"languages":["de"]}""", "languages")]
    [InlineData("""{"hours":{"timeZone":"Mars/Olympus"}}""", "hours.timeZone")]
    [InlineData("""{"hours":{"week":[{"day":"mon","from":"18:00","to":"09:00"}]}}""", "hours.week[0]")]
    [InlineData("""{"hours":{"week":[{"day":"someday","from":"9am","to":"18:00"}]}}""", "hours.week[0].day")]
    [InlineData("""{"handOff":{"intents":["Not an intent!"]}}""", "handOff.intents")]
    [InlineData("""{"clear":["tone"]}""", "clear")]
    public async Task Policy_OutOfRange_NamesTheField(string json, string field)
    {
        var store = await server.OpenStoreAsync();
        using var answer = await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Text(json));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.BodyAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ShouldContain(field);
    }

    [Fact]
    public async Task Preview_ReplaysQuestionsAndWritesNothing()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        (await shopper.PostAsync("/v1/shopper/conversations/preview-chat/messages", GatewayServer.Json(new { clientId = "message-1", text = "hello" }))).EnsureSuccessStatusCode();
        await LiveTests.Eventually(async () => (await PreviewAsync(store)).GetProperty("questions").GetInt32() == 1);
        var preview = await PreviewAsync(store);
        preview.GetProperty("before").GetProperty("handedOff").GetInt32().ShouldBe(1);
        preview.GetProperty("changed").GetInt32().ShouldBe(0);
        (await store.Secret.GetJsonAsync("/v1/tenant/policy")).GetProperty("bot").GetProperty("answerFrom").GetDouble().ShouldBe(0.5);
        (await store.Secret.PostAsync("/v1/tenant/policy/preview", GatewayServer.Json(new { policy = new { bot = new { answerFrom = 2 } } }))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Retention_AtNight_ForgetsWhatIsOldAndKeepsTheRest()
    {
        var clock = new SettableClock();
        await using var own = new OwnServer(clock);
        var (mine, other) = (await own.OpenStoreAsync(), await own.OpenStoreAsync());
        await PutAsync(mine, new { retentionDays = 7 });
        foreach (var store in new[] { mine, other })
        {
            await AskAsync(store, "old-conversation");
        }

        clock.Advance(TimeSpan.FromDays(8));
        await AskAsync(mine, "new-conversation");

        // The list follows the journal in its order. The scheduler, for which a week has passed too, may have forgotten the old one already.
        await LiveTests.Eventually(async () => (await mine.Agent.GetStringAsync("/v1/conversations")).Contains("new-conversation", StringComparison.Ordinal));
        await own.Server.Services.GetRequiredService<Retention>().HandleAsync(new(Retention.ReminderKind, Retention.ReminderName, default, default), default);
        (await mine.Agent.GetStringAsync("/v1/conversations/old-conversation")).ShouldNotContain("words to forget");
        (await mine.Agent.GetStringAsync("/v1/conversations/new-conversation")).ShouldContain("words to forget");
        (await other.Agent.GetStringAsync("/v1/conversations/old-conversation")).ShouldContain("words to forget");
        await LiveTests.Eventually(async () => (await mine.Agent.GetJsonAsync("/v1/conversations")).GetProperty("conversations").GetArrayLength() == 1);
    }

    private static async Task AskAsync(Store store, string conversation) =>
        (await (await store.ShopperAsync()).PostAsync(
            $"/v1/shopper/conversations/{conversation}/messages", GatewayServer.Json(new { clientId = "message-1", text = "words to forget" }))).EnsureSuccessStatusCode();

    private static async Task<JsonElement> PreviewAsync(Store store)
    {
        using var answer = await store.Secret.PostAsync("/v1/tenant/policy/preview", GatewayServer.Json(new { policy = new { bot = new { answerFrom = 0.9 } } }));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.BodyAsync();
    }

    private static async Task<JsonElement> PutAsync(Store store, object policy)
    {
        using var answer = await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(policy));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.BodyAsync();
    }
}
