using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartService.Host.Demo;

/// <summary>Signs a demo shopper in the way a merchant's server does: a JWT (RFC 7519), HS256, ten minutes at most.</summary>
internal static class DemoTokens
{
    public static string Sign(DemoTenantKeys keys, string tenant, string customer, string name, string tier, string locale, DateTimeOffset now)
    {
        var header = Encode(new { alg = "HS256", typ = "JWT", kid = keys.SigningKey });
        var payload = Encode(new
        {
            sub = customer,
            aud = tenant,
            iat = now.ToUnixTimeSeconds(),
            exp = now.AddMinutes(9).ToUnixTimeSeconds(),
            name,
            tier,
            locale,
        });
        var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
        return $"{header}.{payload}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(keys.SigningSecret), signed))}";
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
