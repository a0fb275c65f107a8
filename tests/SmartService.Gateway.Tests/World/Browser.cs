using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Tests.World;

/// <summary>A browser on the console's page: it keeps the cookie and sends the console's header.</summary>
internal sealed class Browser
{
    public const string Password = "a long enough password 1";

    public Browser(GatewayServer server)
    {
        Client = server.As(null);
        Client.DefaultRequestHeaders.Add(OwnPages.Header, "1");
    }

    public HttpClient Client { get; }

    public string? Cookie { get; private set; }

    public void Carry(string? cookie)
    {
        Cookie = cookie;
        Client.DefaultRequestHeaders.Remove("Cookie");
        if (cookie is not null)
        {
            Client.DefaultRequestHeaders.Add("Cookie", cookie);
        }
    }

    /// <summary>Sends it and keeps the cookie that comes back.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        var answer = await Client.PostAsync(path, GatewayServer.Json(body));
        Keep(answer);
        return answer;
    }

    public async Task<HttpResponseMessage> PutAsync(string path, object body)
    {
        var answer = await Client.PutAsync(path, GatewayServer.Json(body));
        Keep(answer);
        return answer;
    }

    public Task<HttpResponseMessage> SignInAsync(string mail, string password = Password, string? code = null, string? recoveryCode = null) =>
        PostAsync("/v1/session", new { mail, password, code, recoveryCode });

    private void Keep(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            Carry(set.Single().Split(';')[0]);
        }
    }
}

/// <summary>A member of a store, signed in.</summary>
internal sealed record Person(string Id, string Mail, Browser Browser)
{
    public HttpClient Client => Browser.Client;
}

internal static class Joining
{
    /// <summary>An invitation's token.</summary>
    public static async Task<string> InviteAsync(this Store store, MemberRole role, string mail)
    {
        var answer = await store.Secret.PostAsync("/v1/invitations", GatewayServer.Json(new { mail, role = role.ToString().ToLowerInvariant() }));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.BodyAsync()).GetProperty("token").GetString()!;
    }

    /// <summary>Invites somebody new, who comes in.</summary>
    public static async Task<Person> JoinAsync(this Store store, MemberRole role, string? mail = null)
    {
        mail ??= $"{role}-{Guid.NewGuid():N}@shop.example".ToLowerInvariant();
        var token = await store.InviteAsync(role, mail);
        var browser = new Browser(store.Server);
        var answer = await browser.PostAsync("/v1/links/redeem", new { token, password = Browser.Password, name = $"The {role}" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return new((await answer.BodyAsync()).GetProperty("member").GetProperty("id").GetString()!, mail, browser);
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path);
}
