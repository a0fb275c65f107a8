using System.Net;
using SmartService.Backoffice.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class LinkTests(GatewayServer server)
{
    [Fact]
    public async Task Invitation_Used_WorksNoSecondTime()
    {
        var store = await server.OpenStoreAsync();
        var token = await store.InviteAsync(MemberRole.Agent, "ada@shop.example");
        var first = await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = Browser.Password, name = "Ada" });
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await new Browser(server).PostAsync("/v1/links/open", new { token })).CodeAsync()).ShouldBe("not_found");
        (await (await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = Browser.Password, name = "Eve" })).CodeAsync()).ShouldBe("not_found");
    }

    [Fact]
    public async Task Invitation_RedeemedTwiceAtOnce_MakesOneMember()
    {
        var store = await server.OpenStoreAsync();
        var token = await store.InviteAsync(MemberRole.Agent, $"twice-{store.Id}@shop.example");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            new Browser(server).PostAsync("/v1/links/redeem", new { token, password = $"{Browser.Password} {i}", name = $"No {i}" })));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        (await store.Secret.GetJsonAsync("/v1/members")).GetProperty("members").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Invitation_OfAKnownPerson_NeedsTheirPassword()
    {
        var mine = await server.OpenStoreAsync();
        var theirs = await server.OpenStoreAsync();
        var person = await mine.JoinAsync(MemberRole.Agent);
        var token = await theirs.InviteAsync(MemberRole.Manager, person.Mail);
        var seen = await (await new Browser(server).PostAsync("/v1/links/open", new { token })).BodyAsync();
        seen.GetProperty("hasAccount").GetBoolean().ShouldBeTrue();
        seen.GetProperty("role").GetString().ShouldBe("manager");
        (await (await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = "a password of my own 9" })).CodeAsync()).ShouldBe("wrong_credentials");
        var browser = new Browser(server);
        using var joined = await browser.PostAsync("/v1/links/redeem", new { token, password = Browser.Password });
        (await joined.BodyAsync()).GetProperty("tenants").GetArrayLength().ShouldBe(2);
        using var moved = await browser.PutAsync("/v1/session/tenant", new { tenant = mine.Id });
        (await moved.BodyAsync()).GetProperty("role").GetString().ShouldBe("agent");
        (await browser.PutAsync("/v1/session/tenant", new { tenant = (await server.OpenStoreAsync()).Id })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Links_AfterTheirTime_AreGone()
    {
        var clock = new SettableClock();
        await using var own = new OwnServer(clock);
        var store = await own.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Agent);
        var invitation = await store.InviteAsync(MemberRole.Agent, "late@shop.example");
        var reset = (await (await store.Secret.PostAsync($"/v1/members/{person.Id}/reset", null)).BodyAsync()).GetProperty("token").GetString();
        (await new Browser(own.Server).PostAsync("/v1/links/open", new { token = reset })).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromHours(25));
        (await new Browser(own.Server).PostAsync("/v1/links/redeem", new { token = reset, password = "quite another one 3" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await new Browser(own.Server).PostAsync("/v1/links/open", new { token = invitation })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a session unused for a day has ended");
        clock.Advance(TimeSpan.FromDays(7));
        (await new Browser(own.Server).PostAsync("/v1/links/open", new { token = invitation })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Invitation_MadeAgainOrWithdrawn_EndsTheFormer()
    {
        var store = await server.OpenStoreAsync();
        var mail = $"again-{store.Id}@shop.example";
        var first = await store.InviteAsync(MemberRole.Agent, mail);
        var second = await store.InviteAsync(MemberRole.Reader, mail);
        (await new Browser(server).PostAsync("/v1/links/open", new { token = first })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var open = (await store.Secret.GetJsonAsync("/v1/invitations")).GetProperty("invitations").EnumerateArray().Single();
        (await store.Secret.DeleteAsync($"/v1/invitations/{open.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await new Browser(server).PostAsync("/v1/links/open", new { token = second })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Reset_Used_EndsAllSessionsAndTheOldPassword()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Agent);
        var token = (await (await store.Secret.PostAsync($"/v1/members/{person.Id}/reset", null)).BodyAsync()).GetProperty("token").GetString();
        (await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = "short" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = "quite another one 3" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await new Browser(server).SignInAsync(person.Mail)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = "and another one 44" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Reset_OfAMemberOfOtherStores_IsNotTheirsToMake()
    {
        var mine = await server.OpenStoreAsync();
        var theirs = await server.OpenStoreAsync();
        var person = await mine.JoinAsync(MemberRole.Owner);
        var token = await theirs.InviteAsync(MemberRole.Reader, person.Mail);
        await new Browser(server).PostAsync("/v1/links/redeem", new { token, password = Browser.Password });
        (await (await theirs.Secret.PostAsync($"/v1/members/{person.Id}/reset", null)).CodeAsync()).ShouldBe("belongs_elsewhere");
    }

    [Fact]
    public async Task Tenant_MadeWithAnOwner_InvitesThem()
    {
        var id = "t-" + Guid.NewGuid().ToString("N")[..12];
        var made = await server.AsAdmin().PostAsync(
            "/v1/tenants", GatewayServer.Json(new { id, name = "Test", locale = "en", currency = "USD", timeZone = "Europe/Paris", owner = $"owner@{id}.example" }));
        var link = (await made.BodyAsync()).GetProperty("ownerInvitation");
        link.GetProperty("link").GetString()!.ShouldEndWith("/console/link#" + link.GetProperty("token").GetString());
        var browser = new Browser(server);
        using var joined = await browser.PostAsync("/v1/links/redeem", new { token = link.GetProperty("token").GetString(), password = Browser.Password, name = "Olga" });
        (await joined.BodyAsync()).GetProperty("role").GetString().ShouldBe("owner");
    }

    [Fact]
    public async Task Owners_AreMadeAndChangedByOwnersAlone_AndOneStays()
    {
        var store = await server.OpenStoreAsync();
        var owner = await store.JoinAsync(MemberRole.Owner);
        var manager = await store.JoinAsync(MemberRole.Manager);
        (await (await manager.Browser.PostAsync("/v1/invitations", new { mail = "x@shop.example", role = "owner" })).CodeAsync()).ShouldBe("owners_only");
        (await (await manager.Browser.PutAsync($"/v1/members/{manager.Id}", new { role = "owner" })).CodeAsync()).ShouldBe("owners_only");
        (await (await manager.Browser.PutAsync($"/v1/members/{owner.Id}", new { role = "reader" })).CodeAsync()).ShouldBe("owners_only");
        (await (await manager.Browser.PostAsync($"/v1/members/{owner.Id}/reset", new { })).CodeAsync()).ShouldBe("owners_only");
        (await (await owner.Browser.PutAsync($"/v1/members/{owner.Id}", new { role = "reader" })).CodeAsync()).ShouldBe("last_owner");
        (await owner.Browser.PutAsync($"/v1/members/{manager.Id}", new { role = "reader" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.Client.GetAsync("/v1/members")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a role taken away is gone at once");
        (await owner.Client.DeleteAsync($"/v1/members/{manager.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
