using System.Net;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

[Collection(SharedServer.Name)]
public class SignInTests(GatewayServer server)
{
    [Fact]
    public async Task SignIn_RightPassword_ShowsWhoAndWhat()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Reviewer);
        var browser = new Browser(server);
        using var answer = await browser.SignInAsync(person.Mail.ToUpperInvariant());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        var session = await browser.Client.GetJsonAsync("/v1/session");
        session.GetProperty("tenant").GetString().ShouldBe(store.Id);
        session.GetProperty("role").GetString().ShouldBe("reviewer");
        session.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ShouldContain("knowledge.write");
    }

    [Fact]
    public async Task SignIn_OverHttps_UsesAHostCookie()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Reader);
        var browser = new Browser(server);
        browser.Client.BaseAddress = new("https://localhost/");
        using var answer = await browser.SignInAsync(person.Mail);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-smartservice=");
        cookie.ShouldContain("; secure", Case.Insensitive);
        cookie.ShouldContain("path=/", Case.Insensitive);
        cookie.ShouldNotContain("domain", Case.Insensitive);
    }

    [Fact]
    public async Task SignIn_BruteForce_LocksEvenTheRightPassword()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Agent);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await new Browser(server).SignInAsync(person.Mail, $"not the password {i}");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await wrong.CodeAsync()).ShouldBe("wrong_credentials");
        }

        using var locked = await new Browser(server).SignInAsync(person.Mail);
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await locked.CodeAsync()).ShouldBe("locked");
        locked.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(10));

        (await store.Secret.PostAsync($"/v1/members/{person.Id}/unlock", null)).EnsureSuccessStatusCode();
        using var again = await new Browser(server).SignInAsync(person.Mail);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_BruteForceAtOnce_LooksAtNoMoreThanTheTries()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Agent);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => new Browser(server).SignInAsync(person.Mail, $"not the password {i}")));
        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(5);
        answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(7);
    }

    [Fact]
    public async Task SignIn_UnknownMail_AnswersAndLocksLikeAKnownOne()
    {
        var mail = $"nobody-{Guid.NewGuid():N}@shop.example";
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await new Browser(server).SignInAsync(mail);
            (await wrong.CodeAsync()).ShouldBe("wrong_credentials");
        }

        using var locked = await new Browser(server).SignInAsync(mail);
        (await locked.CodeAsync()).ShouldBe("locked");
    }

    [Fact]
    public async Task SignIn_WithACookieOfBefore_GetsANewOneAndEndsTheOld()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Agent);
        var before = person.Browser.Cookie;
        using var answer = await person.Browser.SignInAsync(person.Mail);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        person.Browser.Cookie.ShouldNotBe(before);
        person.Browser.Carry(before);
        (await person.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SignIn_WithACookieMadeElsewhere_NeverTakesItOver()
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(MemberRole.Agent);
        var fixedCookie = "smartservice=" + new string('A', 43);
        var victim = new Browser(server);
        victim.Carry(fixedCookie);
        using var answer = await victim.SignInAsync(person.Mail);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var attacker = new Browser(server);
        attacker.Carry(fixedCookie);
        (await attacker.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SecondFactor_On_NeedsACodeThatWorksOnce()
    {
        // A code is good for the half minute before and after its own: with time standing it stays that of the half minute before.
        var clock = new StandingClock();
        await using var own = new OwnServer(clock);
        var person = await (await own.OpenStoreAsync()).JoinAsync(MemberRole.Owner);
        var key = (await (await person.Browser.PostAsync("/v1/me/second-factor", new { password = Browser.Password })).BodyAsync()).GetProperty("key").GetString()!;
        var first = OneTimeCodes.At(key, clock.GetUtcNow().AddSeconds(-30));
        using var on = await person.Browser.PutAsync("/v1/me/second-factor", new { code = first });
        on.StatusCode.ShouldBe(HttpStatusCode.OK, await on.Content.ReadAsStringAsync());
        var recovery = (await on.BodyAsync()).GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!).ToList();
        recovery.Count.ShouldBe(10);

        (await (await new Browser(own.Server).SignInAsync(person.Mail)).CodeAsync()).ShouldBe("second_factor_needed");
        (await (await new Browser(own.Server).SignInAsync(person.Mail, code: first)).CodeAsync()).ShouldBe("wrong_credentials", "the code that turned it on was used");
        var next = OneTimeCodes.At(key, clock.GetUtcNow().AddSeconds(30));
        (await new Browser(own.Server).SignInAsync(person.Mail, code: next)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await new Browser(own.Server).SignInAsync(person.Mail, code: next)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "it was used a moment ago");
        (await new Browser(own.Server).SignInAsync(person.Mail, recoveryCode: recovery[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await new Browser(own.Server).SignInAsync(person.Mail, recoveryCode: recovery[0])).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SecondFactor_GuessingCodes_LocksThoughThePasswordIsRight()
    {
        var clock = new StandingClock();
        await using var own = new OwnServer(clock);
        var person = await (await own.OpenStoreAsync()).JoinAsync(MemberRole.Owner);
        var key = (await (await person.Browser.PostAsync("/v1/me/second-factor", new { password = Browser.Password })).BodyAsync()).GetProperty("key").GetString()!;
        (await person.Browser.PutAsync("/v1/me/second-factor", new { code = OneTimeCodes.At(key, clock.GetUtcNow()) })).EnsureSuccessStatusCode();
        var right = new[] { -30, 0, 30 }.Select(seconds => OneTimeCodes.At(key, clock.GetUtcNow().AddSeconds(seconds)));
        var codes = new List<string>();
        foreach (var guess in Enumerable.Range(0, 9).Select(i => "00000" + i).Except(right).Take(6))
        {
            // The password alone in between must not forgive the guesses.
            await new Browser(own.Server).SignInAsync(person.Mail);
            codes.Add(await (await new Browser(own.Server).SignInAsync(person.Mail, code: guess)).CodeAsync());
        }

        codes[^1].ShouldBe("locked");
    }

    [Fact]
    public async Task Sessions_Revoked_EndAtOnce()
    {
        var person = await (await server.OpenStoreAsync()).JoinAsync(MemberRole.Agent);
        var other = new Browser(server);
        await other.SignInAsync(person.Mail);
        var sessions = (await person.Client.GetJsonAsync("/v1/sessions")).GetProperty("sessions").EnumerateArray().ToList();
        sessions.Count.ShouldBe(2);
        var theirs = sessions.Single(s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        (await person.Client.DeleteAsync($"/v1/sessions/{theirs}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.Client.DeleteAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await person.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Password_Changed_EndsOtherSessionsAndRenewsThisOne()
    {
        var person = await (await server.OpenStoreAsync()).JoinAsync(MemberRole.Agent);
        var other = new Browser(server);
        await other.SignInAsync(person.Mail);
        var before = person.Browser.Cookie;
        (await (await person.Browser.PutAsync("/v1/me/password", new { password = "wrong wrong wrong", next = "another long password 2" })).CodeAsync()).ShouldBe("wrong_password");
        (await (await person.Browser.PutAsync("/v1/me/password", new { password = Browser.Password, next = "1234567890" })).CodeAsync()).ShouldBe("invalid");
        using var changed = await person.Browser.PutAsync("/v1/me/password", new { password = Browser.Password, next = "another long password 2" });
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        person.Browser.Cookie.ShouldNotBe(before);
        (await person.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.Client.GetAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await new Browser(server).SignInAsync(person.Mail)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await new Browser(server).SignInAsync(person.Mail, "another long password 2")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1", "https://evil.example")]
    [InlineData(null, "http://localhost")]
    public async Task Cookie_WithoutTheHeaderOrFromAForeignPage_ChangesNothing(string? header, string? origin)
    {
        var store = await server.OpenStoreAsync("https://evil.example");
        var person = await store.JoinAsync(MemberRole.Owner);
        person.Client.DefaultRequestHeaders.Remove("X-Console");
        if (header is not null)
        {
            person.Client.DefaultRequestHeaders.Add("X-Console", header);
        }

        if (origin is not null)
        {
            person.Client.DefaultRequestHeaders.Add("Origin", origin);
        }

        using var answer = await person.Browser.PutAsync("/v1/tenant", new { name = "Stolen", locale = "en", currency = "USD", timeZone = "Europe/Paris" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.CodeAsync()).ShouldBeOneOf("csrf", "origin_not_allowed");
        (await store.Secret.GetJsonAsync("/v1/tenant")).GetProperty("name").GetString().ShouldBe("Test");
    }

    [Fact]
    public async Task SignIn_FromAForeignPage_IsRefused()
    {
        var person = await (await server.OpenStoreAsync("https://evil.example")).JoinAsync(MemberRole.Owner);
        var page = new Browser(server);
        page.Client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var answer = await page.SignInAsync(person.Mail);
        (await answer.CodeAsync()).ShouldBe("csrf");
        page.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task Preflight_NeverPermitsTheConsolesHeader()
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/v1/tenant");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        request.Headers.Add("Access-Control-Request-Headers", "x-console");
        using var answer = await server.As(null).SendAsync(request);
        answer.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldNotContain("console", Case.Insensitive);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }
}
