using System.Net;
using SmartService.Backoffice.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class LiveTests(GatewayServer server)
{
    private const string Chat = "live-conversation";

    /// <summary>Ends a wait for what never comes, before the run of the tests is ended; what comes late on a busy machine is no fault.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Note_OfStaff_IsSeenByStaffAndNeverByTheShopper()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await AskAsync(store);
        var ann = await store.JoinAsync(MemberRole.Agent);
        var told = await ann.Browser.PostAsync($"/v1/conversations/{Chat}/notes", new { clientId = "note-0001", text = "Called before, be kind", agent = "Somebody else" });
        told.StatusCode.ShouldBe(HttpStatusCode.OK, await told.Content.ReadAsStringAsync());
        (await ann.Browser.PostAsync($"/v1/conversations/{Chat}/notes", new { clientId = "note-0001", text = "Called before, be kind" })).EnsureSuccessStatusCode();
        var note = (await store.Agent.GetJsonAsync($"/v1/conversations/{Chat}")).GetProperty("notes").EnumerateArray().Single();
        note.GetProperty("text").GetString().ShouldBe("Called before, be kind");
        note.GetProperty("author").GetString().ShouldBe("The Agent", "a member writes under their own name");
        foreach (var path in new[] { $"/v1/shopper/conversations/{Chat}", "/v1/shopper/conversations" })
        {
            var seen = await shopper.GetStringAsync(path);
            seen.ShouldNotContain("be kind");
            seen.ShouldNotContain("notes");
            seen.ShouldNotContain("present");
        }
    }

    [Fact]
    public async Task Note_OnTheStreams_ReachesStaffAlone()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await AskAsync(store);
        using var limit = new CancellationTokenSource(Longest);
        await store.Agent.PostAsync($"/v1/conversations/{Chat}/notes", GatewayServer.Json(new { clientId = "note-0001", text = "be kind", agent = "Mia" }));
        await store.Agent.PostAsync($"/v1/conversations/{Chat}/join", GatewayServer.Json(new { agent = "Mia" }));
        await store.Agent.PostAsync($"/v1/conversations/{Chat}/messages", GatewayServer.Json(new { clientId = "message-9", agent = "Mia", text = "the last thing said" }));
        (await ReadUntilAsync(store.Agent, "/v1/staff/stream?after=0", "the last thing said", limit.Token)).ShouldContain("be kind");
        (await ReadUntilAsync(shopper, "/v1/shopper/stream?after=0", "the last thing said", limit.Token)).ShouldNotContain("be kind");
    }

    [Fact]
    public async Task Presence_OfTwo_IsSeenByBothAndForgotten()
    {
        await using var own = new OwnServer(new StandingClock()); // Who shows nothing for half a minute is forgotten: a slow machine is no reason.
        var store = await own.OpenStoreAsync();
        await AskAsync(store);
        var (ann, bob) = (await store.JoinAsync(MemberRole.Agent), await store.JoinAsync(MemberRole.Owner));
        await ann.Browser.PostAsync($"/v1/conversations/{Chat}/presence", new { viewing = true, typing = true });
        var present = (await (await bob.Browser.PostAsync($"/v1/conversations/{Chat}/presence", new { viewing = true })).BodyAsync()).GetProperty("present");
        present.EnumerateArray().ToDictionary(p => p.GetProperty("id").GetString()!, p => p.GetProperty("typing").GetBoolean())
            .ShouldBe(new Dictionary<string, bool> { [ann.Id] = true, [bob.Id] = false }, ignoreOrder: true);
        (await bob.Browser.PostAsync($"/v1/conversations/{Chat}/presence", new { viewing = false })).EnsureSuccessStatusCode();
        (await store.Agent.GetJsonAsync($"/v1/conversations/{Chat}")).GetProperty("present").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(ann.Id);
    }

    [Fact]
    public async Task Assigned_IsListedUnderTheMember()
    {
        var store = await server.OpenStoreAsync();
        await AskAsync(store);
        var ann = await store.JoinAsync(MemberRole.Agent);
        (await ann.Browser.PutAsync($"/v1/conversations/{Chat}/assignee", new { member = ann.Id })).EnsureSuccessStatusCode();
        (await ann.Browser.PutAsync($"/v1/conversations/{Chat}/assignee", new { member = "nobody-here" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Eventually(async () => (await ann.Client.GetJsonAsync("/v1/conversations?assignee=me")).GetProperty("conversations").GetArrayLength() == 1);
        (await ann.Client.GetJsonAsync("/v1/conversations?assignee=none")).GetProperty("conversations").GetArrayLength().ShouldBe(0);
        (await store.Agent.GetAsync("/v1/conversations?assignee=me")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Unread_IsEachMembersOwn()
    {
        var store = await server.OpenStoreAsync();
        await AskAsync(store);
        var (ann, bob) = (await store.JoinAsync(MemberRole.Agent), await store.JoinAsync(MemberRole.Reader));
        await Eventually(async () => (await ann.Client.GetJsonAsync("/v1/conversations/unread")).GetProperty("total").GetInt32() == 2);
        (await ann.Browser.PutAsync($"/v1/conversations/{Chat}/seen", new { upTo = 99 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ann.Client.GetJsonAsync("/v1/conversations/unread")).GetProperty("total").GetInt32().ShouldBe(0);
        (await bob.Client.GetJsonAsync("/v1/conversations/unread")).GetProperty("total").GetInt32().ShouldBe(2);
        (await ann.Client.GetJsonAsync("/v1/conversations")).GetProperty("conversations").EnumerateArray().Single().GetProperty("unread").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Live_ShopperOnAPage_IsThereWithPageAndConversation()
    {
        var store = await server.OpenStoreAsync();
        var shopper = await AskAsync(store);
        (await shopper.PostAsync("/v1/shopper/visits", GatewayServer.Json(new
        {
            visits = new[] { new { id = "visit-0001", session = "session-1", at = DateTimeOffset.UtcNow, page = "cart", subject = "tent" } },
        }))).EnsureSuccessStatusCode();
        await Eventually(async () => (await store.Agent.GetJsonAsync("/v1/staff/live")).GetProperty("shoppers").EnumerateArray()
            .Any(s => s.TryGetProperty("page", out var page) && page.GetString() == "cart" && s.TryGetProperty("conversation", out _)));
        var live = await store.Agent.GetJsonAsync("/v1/staff/live");
        live.GetProperty("total").GetInt64().ShouldBe(1);
        live.GetProperty("head").GetInt64().ShouldBeGreaterThan(0);
        var one = live.GetProperty("shoppers").EnumerateArray().Single();
        one.GetProperty("subject").GetString().ShouldBe("tent");
        one.GetProperty("conversation").GetProperty("mode").GetString().ShouldBe("human");
        (await (await server.OpenStoreAsync()).Agent.GetJsonAsync("/v1/staff/live")).GetProperty("total").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Canned_SavedChangedRemoved_KeepsShortcutsApart()
    {
        var store = await server.OpenStoreAsync();
        (await store.Agent.PutAsync("/v1/canned/hello", GatewayServer.Json(new { shortcut = "hi", text = "Hello!", locale = "en" }))).EnsureSuccessStatusCode();
        (await (await store.Agent.PutAsync("/v1/canned/other", GatewayServer.Json(new { shortcut = "HI", text = "Hey", locale = "en" }))).CodeAsync()).ShouldBe("shortcut_taken");
        (await store.Agent.PutAsync("/v1/canned/other", GatewayServer.Json(new { shortcut = "hi", text = "안녕하세요", locale = "ko" }))).EnsureSuccessStatusCode();
        (await store.Agent.PutAsync("/v1/canned/hello", GatewayServer.Json(new { shortcut = "hi", text = "Hello again!", locale = "en" }))).EnsureSuccessStatusCode();
        (await store.Agent.PutAsync("/v1/canned/bad", GatewayServer.Json(new { shortcut = "no spaces", text = "x" }))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var all = (await store.Agent.GetJsonAsync("/v1/canned")).GetProperty("canned").EnumerateArray().ToList();
        all.Select(c => c.GetProperty("text").GetString()).ShouldBe(["Hello again!", "안녕하세요"], ignoreOrder: true);
        (await store.Agent.DeleteAsync("/v1/canned/hello")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await store.Agent.DeleteAsync("/v1/canned/hello")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Stream_OfARevokedSession_Ends()
    {
        await using var own = new OwnServer(settings: new() { ["SmartService:Gateway:KeepAlive"] = "00:00:01" });
        var store = await own.OpenStoreAsync();
        var ann = await store.JoinAsync(MemberRole.Agent);
        using var limit = new CancellationTokenSource(Longest);
        using var answer = await ann.Client.GetAsync("/v1/staff/stream", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await using var stream = await answer.Content.ReadAsStreamAsync(limit.Token);
        var buffer = new byte[4096];
        (await stream.ReadAsync(buffer, limit.Token)).ShouldBeGreaterThan(0);
        (await store.Secret.DeleteAsync($"/v1/members/{ann.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        while (await stream.ReadAsync(buffer, limit.Token) > 0)
        {
            // What was on its way; then the end.
        }
    }

    /// <summary>A shopper asks; the bot, which understands nothing here, hands off.</summary>
    private static async Task<HttpClient> AskAsync(Store store)
    {
        var shopper = await store.ShopperAsync();
        (await shopper.PostAsync($"/v1/shopper/conversations/{Chat}/messages", GatewayServer.Json(new { clientId = "message-1", text = "hello" }))).EnsureSuccessStatusCode();
        return shopper;
    }

    private static async Task<string> ReadUntilAsync(HttpClient client, string path, string last, CancellationToken ct)
    {
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        var text = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            text.AppendLine(line);
            if (line.Contains(last, StringComparison.Ordinal))
            {
                break;
            }
        }

        return text.ToString();
    }

    internal static async Task Eventually(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (!await holds())
        {
            await Task.Delay(50, limit.Token); // read models follow the journal within moments
        }
    }
}
