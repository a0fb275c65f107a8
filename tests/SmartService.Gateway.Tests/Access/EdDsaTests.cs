using System.Buffers.Text;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Access;

/// <summary>A merchant that keeps its private key and gives only the public one.</summary>
[Collection(SharedServer.Name)]
public class EdDsaTests(GatewayServer server)
{
    [Fact]
    public void Sign_VectorOfTheRfc_IsTheRfcsSignature()
    {
        // RFC 8037, appendix A: the signer these tests use is right, whoever checks.
        var signer = new Ed25519Signer(Base64Url.DecodeFromChars("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"));
        Base64Url.EncodeToString(signer.PublicKey).ShouldBe("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        Base64Url.EncodeToString(signer.Sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8.ToArray()))
            .ShouldBe("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    [Fact]
    public async Task Identify_SignedWithEd25519_KnowsThePerson()
    {
        var store = await server.OpenStoreAsync();
        var signer = await GivenKeyAsync(store, "ed-1");
        (await store.OpenSessionAsync(new { jwt = Jwt(signer, "ada") })).Customer.ShouldBe("ada");
    }

    [Fact]
    public async Task Identify_OtherKeyOrChangedClaims_Answers401()
    {
        var store = await server.OpenStoreAsync();
        var signer = await GivenKeyAsync(store, "ed-1");
        var good = Jwt(signer, "ada").Split('.');
        var forged = new Dictionary<string, string>
        {
            ["another private key"] = Jwt(new Ed25519Signer(RandomNumberGenerator.GetBytes(32)), "ada"),
            ["changed claims"] = $"{good[0]}.{Jwt(signer, "eve").Split('.')[1]}.{good[2]}",
            ["alg says HS256"] = Jwt(signer, "ada", "HS256"),
            ["alg in another case"] = Jwt(signer, "ada", "EDDSA"),
        };
        foreach (var (name, jwt) in forged)
        {
            using var answer = await IdentifyAsync(store, jwt);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, name);
        }
    }

    [Fact]
    public async Task Rotation_NewKeyBesideTheOld_NobodyIsLockedOut()
    {
        // As docs/api.md tells it: add the new key, sign with it, revoke the old one; then there is room for the next.
        var store = await server.OpenStoreAsync();
        var old = await GivenKeyAsync(store, "ed-1");
        var next = await GivenKeyAsync(store, "ed-2");
        foreach (var signer in new[] { old, next })
        {
            (await store.OpenSessionAsync(new { jwt = Jwt(signer, "ada") })).Customer.ShouldBe("ada");
        }

        (await store.Secret.DeleteAsync("/v1/tenant/signing-keys/ed-1")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var refused = await IdentifyAsync(store, Jwt(old, "ada")))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await store.OpenSessionAsync(new { jwt = Jwt(next, "ada") })).Customer.ShouldBe("ada");
        (await store.OpenSessionAsync(new { jwt = Jwt(await GivenKeyAsync(store, "ed-3"), "ada") })).Customer.ShouldBe("ada");
    }

    private Task<HttpResponseMessage> IdentifyAsync(Store store, string jwt) =>
        server.As(store.PublishableKey).PostAsync("/v1/shopper/sessions", GatewayServer.Json(new { jwt }));

    private static async Task<Ed25519Signer> GivenKeyAsync(Store store, string id)
    {
        var signer = new Ed25519Signer(RandomNumberGenerator.GetBytes(32));
        var answer = await store.Secret.PostAsync(
            "/v1/tenant/signing-keys", GatewayServer.Json(new { id, algorithm = "EdDSA", publicKey = Base64Url.EncodeToString(signer.PublicKey) }));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        (await answer.BodyAsync()).TryGetProperty("secret", out _).ShouldBeFalse("the merchant's private key never comes here");
        return signer;
    }

    private static string Jwt(Ed25519Signer signer, string customer, string algorithm = "EdDSA")
    {
        var input = $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(new { sub = customer, exp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300 })}";
        return $"{input}.{Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}

/// <summary>Ed25519 signing, plain and slow, straight from RFC 8032, section 5.1; shares no code with the product's verifier.</summary>
internal sealed class Ed25519Signer
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly (BigInteger X, BigInteger Y) Base = FindBase();
    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    public Ed25519Signer(byte[] seed)
    {
        var hash = SHA512.HashData(seed);
        hash[0] &= 248;
        hash[31] = (byte)((hash[31] & 127) | 64);
        _scalar = new(hash.AsSpan(0, 32), isUnsigned: true);
        _prefix = hash[32..];
        PublicKey = Encode(Times(_scalar));
    }

    public byte[] PublicKey { get; }

    public byte[] Sign(byte[] message)
    {
        var r = Hash([.. _prefix, .. message]);
        var point = Encode(Times(r));
        var s = (r + (Hash([.. point, .. PublicKey, .. message]) * _scalar)) % L;
        return [.. point, .. Little(s)];
    }

    private static BigInteger Hash(byte[] bytes) => new BigInteger(SHA512.HashData(bytes), isUnsigned: true) % L;

    private static (BigInteger X, BigInteger Y) Times(BigInteger factor)
    {
        var (sum, step) = ((X: BigInteger.Zero, Y: BigInteger.One), Base);
        for (; !factor.IsZero; factor >>= 1, step = Add(step, step))
        {
            sum = factor.IsEven ? sum : Add(sum, step);
        }

        return sum;
    }

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        var product = Mod(D * a.X * b.X % P * a.Y * b.Y);
        return (Mod(((a.X * b.Y) + (a.Y * b.X)) * Inverse(1 + product)), Mod(((a.Y * b.Y) + (a.X * b.X)) * Inverse(1 - product)));
    }

    private static (BigInteger X, BigInteger Y) FindBase()
    {
        var y = Mod(4 * Inverse(5));
        var square = Mod(((y * y) - 1) * Inverse((D * y * y) + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod((x * x) - square) != 0)
        {
            x = Mod(x * BigInteger.ModPow(2, (P - 1) / 4, P));
        }

        return (x.IsEven ? x : P - x, y);
    }

    private static byte[] Encode((BigInteger X, BigInteger Y) point)
    {
        var bytes = Little(point.Y);
        bytes[31] |= (byte)(point.X.IsEven ? 0 : 0x80);
        return bytes;
    }

    private static byte[] Little(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;
}
