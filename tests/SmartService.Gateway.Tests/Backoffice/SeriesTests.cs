using System.Net;
using System.Text.Json;
using SmartService.Engine.Queries;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class SeriesTests(GatewayServer server)
{
    [Fact]
    public async Task Series_QuestionsHandedOffAndAnsweredByAPerson_AddUp()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await store.ShopperAsync();
        (await shopper.PostAsync("/v1/shopper/conversations/figures-chat/messages", GatewayServer.Json(new { clientId = "message-1", text = "hello" }))).EnsureSuccessStatusCode();
        (await shopper.PostAsync("/v1/shopper/conversations/figures-chat/rating", GatewayServer.Json(new { score = 4 }))).EnsureSuccessStatusCode();
        await LiveTests.Eventually(async () => Totals(await SeriesAsync(store)).GetProperty("scores").GetInt64() == 1);
        var waiting = (await store.Agent.GetJsonAsync("/v1/figures/response-times")).GetProperty("person");
        waiting.GetProperty("waiting").GetInt64().ShouldBe(1);
        waiting.TryGetProperty("p50Seconds", out _).ShouldBeFalse();
        (await store.Agent.GetJsonAsync("/v1/conversations?waiting=true")).GetProperty("conversations").GetArrayLength().ShouldBe(1);

        (await store.Agent.PostAsync("/v1/conversations/figures-chat/join", GatewayServer.Json(new { agent = "Mia" }))).EnsureSuccessStatusCode();
        (await store.Agent.PostAsync("/v1/conversations/figures-chat/messages", GatewayServer.Json(new { clientId = "message-2", agent = "Mia", text = "Hi!" }))).EnsureSuccessStatusCode();
        await LiveTests.Eventually(async () => Totals(await SeriesAsync(store)).GetProperty("agentAnswered").GetInt64() == 1);
        var series = await SeriesAsync(store);
        var totals = Totals(series);
        (totals.GetProperty("conversations").GetInt64(), totals.GetProperty("questions").GetInt64(), totals.GetProperty("handedOff").GetInt64(),
            totals.GetProperty("handedOffConversations").GetInt64(), totals.GetProperty("unanswered").GetInt64()).ShouldBe((1, 1, 1, 1, 0));
        totals.GetProperty("meanScore").GetDouble().ShouldBe(4);
        series.GetProperty("timeZone").GetString().ShouldBe("Europe/Paris");
        series.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("questions").GetInt64()).ShouldBe(1);
        series.GetProperty("compare").GetProperty("totals").GetProperty("questions").GetInt64().ShouldBe(0);
        var person = (await store.Agent.GetJsonAsync("/v1/figures/response-times")).GetProperty("person");
        person.GetProperty("count").GetInt64().ShouldBe(1);
        person.GetProperty("waiting").GetInt64().ShouldBe(0);
        person.GetProperty("p50Seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);

        foreach (var (filter, count) in new[] { ("handedOff=true", 1), ("handedOff=false", 0), ("resolved=true", 0), ("score=4", 1), ("score=5", 0), ("waiting=true", 0), ("popup=seen", 0) })
        {
            (await store.Agent.GetJsonAsync($"/v1/conversations?{filter}")).GetProperty("conversations").GetArrayLength().ShouldBe(count, filter);
        }

        (await store.Agent.GetJsonAsync("/v1/questions?outcome=agent_answered&reason=unanswered")).GetProperty("questions").GetArrayLength().ShouldBe(1);
        (await store.Agent.GetJsonAsync("/v1/questions?foreseen=1")).GetProperty("questions").GetArrayLength().ShouldBe(0);
        var intents = await store.Agent.GetJsonAsync("/v1/figures/intents");
        intents.GetProperty("rising").EnumerateArray().Single().GetProperty("questions").GetInt64().ShouldBe(1);
        intents.GetProperty("coverage").GetProperty("share").GetDouble().ShouldBe(1);
        (await store.Agent.GetJsonAsync("/v1/figures/predictions")).GetProperty("forecast").GetInt64().ShouldBe(0);
        (await store.Agent.GetStringAsync("/v1/figures/series.csv?by=hour")).ShouldContain("handedOffConversations");
    }

    [Theory]
    [InlineData("by=week")]
    [InlineData("compare=next")]
    [InlineData("by=hour&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")]
    public async Task Series_UnusableSpan_Answers400(string query)
    {
        using var answer = await (await server.OpenStoreAsync()).Agent.GetAsync("/v1/figures/series?" + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.CodeAsync()).ShouldBe("invalid");
    }

    /// <summary>Clocks in Paris went back on 25 October 2026 and forward on 29 March: days of 25 and 23 hours, and hours that are there twice or never.</summary>
    [Theory]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-26T23:00:00Z", false, 2)]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-30T22:00:00Z", false, 2)]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", true, 24)]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", true, 23)]
    public void Points_WhereClocksChange_RiseAndCoverAll(string from, string to, bool byHour, int points)
    {
        var span = new FigureSpan(DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(to, null), byHour, false, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        var begins = span.Begins();
        begins.Count.ShouldBe(points);
        begins[0].ShouldBe(span.From);
        begins.ShouldBe(begins.Order());
        var quarters = Enumerable.Range(0, (int)((span.To - span.From).TotalMinutes / 15))
            .Select(i => new QuarterFigures(span.From.AddMinutes(15 * i), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).ToList();
        FigureSums.Points(span, quarters).Sum(p => p.Conversations).ShouldBe(quarters.Count, "nothing is counted twice or lost");
    }

    private static async Task<JsonElement> SeriesAsync(Store store) => await store.Agent.GetJsonAsync("/v1/figures/series?compare=previous");

    private static JsonElement Totals(JsonElement series) => series.GetProperty("totals");
}
