using System.Net;
using System.Text;
using System.Text.Json;
using SmartService.Backoffice.Import;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class ParseTests(GatewayServer server)
{
    [Fact]
    public void Text_MarkedQuestions_ArePairedWithPlaces()
    {
        const string page = "Delivery\n\nQ1. How long does it take?\nA. Two days.\nOn islands three.\n\nCan I return it?\nWithin 14 days.\n";
        var found = FaqParser.ParseText(page);
        found.Select(c => (c.Question, c.Answer, c.Line)).ShouldBe([("How long does it take?", "Two days.\nOn islands three.", 3), ("Can I return it?", "Within 14 days.", 7)]);
        page[found[0].Start..found[0].End].ShouldBe("Q1. How long does it take?\nA. Two days.\nOn islands three.");
    }

    [Theory]
    [InlineData("질문: 배송비는 얼마인가요?\n답변: 3,000원입니다.", "배송비는 얼마인가요?", "3,000원입니다.")]
    [InlineData("问：运费多少？\n答：3000韩元。", "运费多少？", "3000韩元。")]
    [InlineData("[Q] 교환이 되나요\n[A] 네, 됩니다.", "교환이 되나요", "네, 됩니다.")]
    public void Text_InThreeLanguages_LosesItsMarks(string page, string question, string answer) =>
        FaqParser.ParseText(page).Select(c => (c.Question, c.Answer)).ShouldBe([(question, answer)]);

    [Fact]
    public void Html_ListsDetailsAndHeadings_AreFound()
    {
        const string page = """
            <html><head><title>Is this a question?</title><style>p { color: red }</style></head><body>
            <dl><dt>Delivery fee</dt><dd>It is <b>3,000</b>&nbsp;won.</dd></dl>
            <details><summary>Returns</summary><p>Within 14 days.</p><p>Unworn.</p></details>
            <h3>How do I pay</h3><p>By card &amp; bank.</p><h2>Contact</h2><p>Call us.</p></body></html>
            """;
        FaqParser.ParseHtml(page).Select(c => (c.Question, c.Answer)).ShouldBe(
            [("Delivery fee", "It is 3,000 won."), ("Returns", "Within 14 days.\nUnworn."), ("How do I pay", "By card & bank.")]);
    }

    [Theory]
    [InlineData("<h3>Safe?<script>alert(1)</script></h3><p>Yes.<img src=x onerror=alert(1)></p>")]
    [InlineData("<h3>Safe?</h3><p>Yes.</p><script>alert(1)</script><style>@import 'x'</style><svg onload=alert(1)><a>alert(1)</a></svg>")]
    [InlineData("<h3>Safe?</h3><!-- <script>alert(1)</script> --><p>Yes.<iframe srcdoc='<script>alert(1)</script>'>alert(1)</iframe></p>")]
    [InlineData("<h3 onclick='alert(1)'>Safe?</h3><p style=\"background:url(javascript:alert(1))\">Yes.</p><script>alert(1)")]
    [InlineData("<h3>Safe?</h3><p>Yes.</p><ScRiPt\n>alert(1)</sCrIpT\n><template><p>alert(1)</p></template>")]
    [InlineData("<h3>\u202ESafe?\u202C</h3>\0<p>Yes.\u0007</p>")]
    public void Html_Hostile_LeavesPlainText(string page)
    {
        var found = FaqParser.ParseHtml(page).ShouldHaveSingleItem();
        (found.Question, found.Answer).ShouldBe(("Safe?", "Yes."));
    }

    [Fact]
    public void Html_EscapedTags_StayTextThatIsShown() =>
        FaqParser.ParseHtml("<h3>What is &lt;b&gt;?</h3><p>5 < 6 and &lt;script&gt;</p>").ShouldHaveSingleItem().Answer.ShouldBe("5 < 6 and <script>");

    [Theory]
    [InlineData("<")]
    [InlineData("<p ")]
    [InlineData("<!--")]
    [InlineData("<script")]
    [InlineData("</")]
    [InlineData("<dt>a?")]
    [InlineData("&lt;&#x")]
    [InlineData("Q. a?\n")]
    public void Page_OfGarbage_TakesTimeByItsLengthOnly(string part)
    {
        var small = new StringBuilder().Insert(0, part, 100_000 / part.Length).ToString();
        var large = new StringBuilder().Insert(0, part, FaqParser.MaxLength / part.Length).ToString();
        FaqParser.ParseHtml(small);
        var (one, ten) = (ThreadTime.Of(() => FaqParser.ParseHtml(small)), ThreadTime.Of(() => FaqParser.ParseHtml(large)));
        FaqParser.ParseText(large).Count.ShouldBeLessThanOrEqualTo(FaqParser.MaxCandidates);

        // Ten times as long; were it quadratic, it would take a hundred times as long.
        ten.ShouldBeLessThan((one * 60) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Parse_OfAMember_AnswersCandidates_AndTooMuchOrBothIsRefused()
    {
        var store = await server.OpenStoreAsync();
        using var answer = await store.Agent.PostAsync("/v1/knowledge/parse", GatewayServer.Json(new { text = "How long?\nTwo days." }));
        (await answer.BodyAsync()).GetProperty("candidates").EnumerateArray().Single().GetProperty("answer").GetString().ShouldBe("Two days.");
        (await store.Agent.PostAsync("/v1/knowledge/parse", GatewayServer.Json(new { text = "a", html = "b" }))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await store.Agent.PostAsync("/v1/knowledge/parse", GatewayServer.Json(new { text = new string('a', FaqParser.MaxLength + 1) }))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Onboarding_IsWorkedOutFromWhatIsThere()
    {
        var store = await server.OpenStoreAsync();
        Done(await store.Secret.GetJsonAsync("/v1/onboarding")).ShouldBeEmpty();
        (await store.Secret.PutAsync("/v1/knowledge/items/item-1", GatewayServer.Json(new { question = "Q?", answer = "A.", locale = "en" }))).EnsureSuccessStatusCode();
        (await store.Secret.PostAsync("/v1/knowledge/rehearse", GatewayServer.Json(new { text = "Q?" }))).EnsureSuccessStatusCode();
        (await store.Secret.PutAsync("/v1/tenant/policy", GatewayServer.Json(new { popups = new { perDay = 3 } }))).EnsureSuccessStatusCode();
        var (token, customer) = await store.OpenSessionAsync();
        (await server.As(token).PostAsync("/v1/shopper/visits", GatewayServer.Json(new
        {
            visits = new[] { new { id = "visit-0001", session = "session-1", at = DateTimeOffset.UtcNow, page = "home" } },
        }))).EnsureSuccessStatusCode();
        (await store.Secret.PutAsync("/v1/orders/order-1", GatewayServer.Json(new
        {
            customer, lines = new[] { new { product = "p", name = "P", quantity = 1, unitPrice = 1 } }, total = 1, currency = "USD", placedAt = DateTimeOffset.UnixEpoch,
        }))).EnsureSuccessStatusCode();
        await LiveTests.Eventually(async () => (await store.Secret.GetJsonAsync("/v1/onboarding")).GetProperty("done").GetBoolean());
        Done(await store.Secret.GetJsonAsync("/v1/onboarding")).ShouldBe(["profile", "visit", "knowledge", "order", "trial", "popups", "live"]);
    }

    [Fact]
    public async Task Export_OfAPerson_HasAllOfThemAndNothingOfOthers()
    {
        var store = await server.OpenStoreAsync();
        var (token, customer) = await store.OpenSessionAsync();
        (await server.As(token).PostAsync("/v1/shopper/conversations/export-chat/messages", GatewayServer.Json(new { clientId = "message-1", text = "my own words" }))).EnsureSuccessStatusCode();
        (await (await store.ShopperAsync()).PostAsync("/v1/shopper/conversations/other-chat/messages", GatewayServer.Json(new { clientId = "message-1", text = "someone else" }))).EnsureSuccessStatusCode();
        (await store.Agent.PostAsync("/v1/conversations/export-chat/notes", GatewayServer.Json(new { clientId = "note-0001", text = "between us" }))).EnsureSuccessStatusCode();
        await LiveTests.Eventually(async () =>
        {
            using var export = await store.Secret.GetAsync($"/v1/customers/{customer}/export"); // 404 until the customer was told of the chat.
            return export.IsSuccessStatusCode && (await export.Content.ReadAsStringAsync()).Contains("my own words", StringComparison.Ordinal);
        });
        var text = await store.Secret.GetStringAsync($"/v1/customers/{customer}/export");
        text.ShouldNotContain("someone else");
        text.ShouldNotContain("between us");
        var file = JsonDocument.Parse(text).RootElement;
        foreach (var part in new[] { "customer", "orders", "conversations", "questions", "timeline", "exportedAt" })
        {
            file.TryGetProperty(part, out _).ShouldBeTrue(part);
        }

        (await store.Secret.GetJsonAsync("/v1/audit?action=customer.export")).GetProperty("records").GetArrayLength().ShouldBeGreaterThan(0, "who took a person's data out is logged");
        (await (await server.OpenStoreAsync()).Secret.GetAsync($"/v1/customers/{customer}/export")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static List<string> Done(JsonElement onboarding) =>
        [.. onboarding.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("done").GetBoolean()).Select(s => s.GetProperty("step").GetString()!)];
}
