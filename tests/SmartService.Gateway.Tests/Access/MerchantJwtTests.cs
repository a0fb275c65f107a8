using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Access;

/// <summary>What an attacker, or a careless merchant, could send as a JWT.</summary>
[Collection(SharedServer.Name)]
public class MerchantJwtTests(GatewayServer server)
{
    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task Identify_SignedByALiveKey_KnowsThePersonAndTakesOverTheAnonymousPast()
    {
        var (store, secret) = await GivenSigningKey();
        var (token, anonymous) = await store.OpenSessionAsync();
        (await server.As(token).PostAsync("/v1/shopper/visits", GatewayServer.Json(new
        {
            visits = new[] { new { id = "visit-001", session = "session-1", at = DateTimeOffset.UtcNow, page = "product", subject = "tent" } },
        }))).EnsureSuccessStatusCode();

        var (_, customer) = await store.OpenSessionAsync(new { jwt = Sign(secret, new { sub = "ada", exp = Now + 300, name = "Ada" }), token });

        customer.ShouldBe("ada");
        anonymous.ShouldStartWith("anon-");
        var known = await (await store.Secret.GetAsync("/v1/customers/ada")).BodyAsync();
        known.GetProperty("name").GetString().ShouldBe("Ada");
        known.GetProperty("visits").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Identify_AnythingWrong_Answers401()
    {
        var (store, secret) = await GivenSigningKey();
        var (_, othersSecret) = await GivenSigningKey();
        var good = new { sub = "ada", exp = Now + 300 };
        var signed = Sign(secret, good);
        var cases = new Dictionary<string, string>
        {
            ["alg none"] = $"{Part(new { alg = "none" })}.{Part(good)}.",
            ["alg None"] = $"{Part(new { alg = "None" })}.{Part(good)}.",
            ["alg EdDSA with the secret's mac"] = Sign(secret, good, new { alg = "EdDSA", typ = "JWT" }),
            ["alg HS384"] = Sign(secret, good, new { alg = "HS384", typ = "JWT" }),
            ["no alg"] = Sign(secret, good, new { typ = "JWT" }),
            ["crit"] = Sign(secret, good, new { alg = "HS256", crit = "exp" }),
            ["another tenant's key"] = Sign(othersSecret, good),
            ["kid names a file"] = Sign("", good, new { alg = "HS256", kid = "../../../../dev/null" }),
            ["kid is SQL"] = Sign("x", good, new { alg = "HS256", kid = "k' UNION SELECT 'x" }),
            ["jwk brings its own key"] = Sign("mine", good, new { alg = "HS256", jwk = new { kty = "oct", k = Base64Url.EncodeToString("mine"u8) } }),
            ["expired"] = Sign(secret, new { sub = "ada", exp = Now - 120 }),
            ["no exp"] = Sign(secret, new { sub = "ada" }),
            ["exp a day ahead"] = Sign(secret, new { sub = "ada", exp = Now + 86_400 }),
            ["not before later"] = Sign(secret, new { sub = "ada", exp = Now + 300, nbf = Now + 200 }),
            ["issued later"] = Sign(secret, new { sub = "ada", exp = Now + 300, iat = Now + 200 }),
            ["issued as text"] = Sign(secret, new { sub = "ada", exp = Now + 300, iat = "now" }),
            ["for another tenant"] = Sign(secret, new { sub = "ada", exp = Now + 300, aud = "somebody-else" }),
            ["no sub"] = Sign(secret, new { exp = Now + 300 }),
            ["empty sub"] = Sign(secret, new { sub = "", exp = Now + 300 }),
            ["sub is a path"] = Sign(secret, new { sub = "../ada", exp = Now + 300 }),
            ["sub is somebody anonymous"] = Sign(secret, new { sub = "anon-000000000000", exp = Now + 300 }),
            ["sub twice"] = SignText(secret, $$"""{"sub":"ada","sub":"eve","exp":{{Now + 300}}}"""),
            ["alg twice"] = SignText(secret, JsonSerializer.Serialize(good), """{"alg":"HS256","alg":"none"}"""),
            ["claims are a list"] = SignText(secret, "[]"),
            ["tampered claims"] = $"{signed.Split('.')[0]}.{Part(new { sub = "eve", exp = Now + 300 })}.{signed.Split('.')[2]}",
            ["signature cut"] = signed[..^4],
            ["signature missing"] = signed[..(signed.LastIndexOf('.') + 1)],
            ["four parts"] = signed + ".x",
            ["five parts"] = signed + ".x.y",
            ["huge"] = Sign(secret, new { sub = "ada", exp = Now + 300, x = new string('x', 8000) }),
            ["no JWT"] = "hello",
            ["empty"] = "",
        };
        foreach (var (name, jwt) in cases)
        {
            using var answer = await server.As(store.PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(new { jwt }));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, name);
            (await answer.CodeAsync()).ShouldBe("unauthorized", name);
        }
    }

    [Fact]
    public async Task Identify_KeyRevoked_EndsAtOnce()
    {
        var (store, secret) = await GivenSigningKey();
        var jwt = Sign(secret, new { sub = "ada", exp = Now + 300 });
        await store.OpenSessionAsync(new { jwt });
        (await store.Secret.DeleteAsync("/v1/tenant/signing-keys/main")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.As(store.PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(new { jwt }))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Identify_TwoLiveKeys_BothWorkAndAThirdIsRefused()
    {
        var (store, first) = await GivenSigningKey();
        var second = await AddKeyAsync(store, "next");
        foreach (var secret in new[] { first, second })
        {
            await store.OpenSessionAsync(new { jwt = Sign(secret, new { sub = "ada", exp = Now + 300, aud = store.Id }) });
        }

        var third = await store.Secret.PostAsync("/v1/tenant/signing-keys", GatewayServer.Json(new { id = "third", algorithm = "HS256" }));
        third.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await third.CodeAsync()).ShouldBe("too_many_signing_keys");
    }

    [Fact]
    public async Task Identify_PublicKeyUsedAsSecret_Answers401()
    {
        // The classic confusion: the verifier takes the public EdDSA key for an HS256 secret.
        var store = await server.OpenStoreAsync();
        const string PublicKey = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"; // RFC 8037, appendix A
        (await store.Secret.PostAsync("/v1/tenant/signing-keys", GatewayServer.Json(new { id = "ed", algorithm = "EdDSA", publicKey = PublicKey }))).EnsureSuccessStatusCode();
        foreach (var key in new[] { Encoding.ASCII.GetBytes(PublicKey), Base64Url.DecodeFromChars(PublicKey) })
        {
            var input = $"{Part(new { alg = "HS256" })}.{Part(new { sub = "ada", exp = Now + 300 })}";
            var jwt = $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(input)))}";
            (await server.As(store.PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(new { jwt }))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task KeyThatAnotherInstallationEncrypted_SignsNothing_AndTheOthersHold()
    {
        var (store, secret) = await GivenSigningKey();
        var (stored, shown) = new SigningSecrets(new(new byte[32])).Make(new(store.Id), "moved");
        var key = new SigningKey("moved", "HS256", stored, DateTimeOffset.UtcNow);
        var tenants = server.Services.GetRequiredService<ITenants>();
        (await tenants.HandleAsync(Entity.Tenant(new(store.Id)), new TenantCommand.AddSigningKey(key, DateTimeOffset.UtcNow), default)).Refusal.ShouldBeNull();

        (await store.OpenSessionAsync(new { jwt = Sign(secret, new { sub = "ada", exp = Now + 300 }) })).Customer.ShouldBe("ada");
        using var refused = await server.As(store.PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(new { jwt = Sign(shown, new { sub = "eve", exp = Now + 300 }) }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<(Store Store, string Secret)> GivenSigningKey()
    {
        var store = await server.OpenStoreAsync();
        return (store, await AddKeyAsync(store, "main"));
    }

    private static async Task<string> AddKeyAsync(Store store, string id)
    {
        var answer = await store.Secret.PostAsync("/v1/tenant/signing-keys", GatewayServer.Json(new { id, algorithm = "HS256" }));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.BodyAsync()).GetProperty("secret").GetString()!;
    }

    private static string Sign(string secret, object claims, object? header = null) =>
        SignText(secret, JsonSerializer.Serialize(claims), JsonSerializer.Serialize(header ?? new { alg = "HS256", typ = "JWT" }));

    private static string SignText(string secret, string claims, string header = """{"alg":"HS256"}""")
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
