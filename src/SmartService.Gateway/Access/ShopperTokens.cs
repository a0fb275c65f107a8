using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartService.Domain;

namespace SmartService.Gateway.Access;

/// <summary>What a shopper token says.</summary>
internal sealed record ShopperPass(TenantId Tenant, CustomerId Customer, bool IsIdentified, DateTimeOffset ExpiresAt);

/// <summary>
/// Shopper tokens: "st_{payload}.{mac}", the payload "1|tenant|customer|a or i|expiry in Unix seconds", the mac HMAC-SHA256
/// under a key derived from the installation's. Nothing is stored, so a token needs no entity to be checked.
/// </summary>
internal sealed class ShopperTokens(InstallationKey installation, TimeProvider clock)
{
    public const string Prefix = "st_";

    /// <summary>An anonymous shopper's token; every new session starts the time again.</summary>
    public static readonly TimeSpan AnonymousLife = TimeSpan.FromDays(30);

    /// <summary>A token of a person the merchant vouched for.</summary>
    public static readonly TimeSpan IdentifiedLife = TimeSpan.FromHours(12);

    private const int MaxLength = 512;
    private readonly byte[] _key = installation.Derive("shopper-tokens");

    public (string Token, DateTimeOffset ExpiresAt) Issue(TenantId tenant, CustomerId customer, bool identified)
    {
        var expiresAt = clock.GetUtcNow() + (identified ? IdentifiedLife : AnonymousLife);
        var payload = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"1|{tenant.Value}|{customer.Value}|{(identified ? 'i' : 'a')}|{expiresAt.ToUnixTimeSeconds()}"));
        var mac = HMACSHA256.HashData(_key, payload);
        return ($"{Prefix}{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(mac)}", DateTimeOffset.FromUnixTimeSeconds(expiresAt.ToUnixTimeSeconds()));
    }

    /// <summary>What the token says; null when it is not ours, altered or expired.</summary>
    public ShopperPass? Read(string token)
    {
        if (token.Length > MaxLength || !token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return null;
        }

        Span<byte> payload = stackalloc byte[MaxLength];
        Span<byte> mac = stackalloc byte[MaxLength];
        if (Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length, dot - Prefix.Length), payload, out _, out var payloadBytes) != OperationStatus.Done
            || Base64Url.DecodeFromChars(token.AsSpan(dot + 1), mac, out _, out var macBytes) != OperationStatus.Done)
        {
            return null;
        }

        // Decoding passes over blanks and unused bits. A token has one spelling, or it could be counted as many.
        if (!IsSpelled(payload[..payloadBytes], token.AsSpan(Prefix.Length, dot - Prefix.Length)) || !IsSpelled(mac[..macBytes], token.AsSpan(dot + 1)))
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, payload[..payloadBytes], expected);
        return CryptographicOperations.FixedTimeEquals(expected, mac[..macBytes]) ? Parse(Encoding.UTF8.GetString(payload[..payloadBytes])) : null;
    }

    private static bool IsSpelled(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text)
    {
        Span<char> spelled = stackalloc char[MaxLength];
        return Base64Url.TryEncodeToChars(bytes, spelled, out var length) && text.SequenceEqual(spelled[..length]);
    }

    private ShopperPass? Parse(string payload)
    {
        var parts = payload.Split('|');
        if (parts.Length != 5 || parts[0] != "1")
        {
            return null;
        }

        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[4], CultureInfo.InvariantCulture));
        return expiresAt > clock.GetUtcNow() ? new(new(parts[1]), new(parts[2]), parts[3] == "i", expiresAt) : null;
    }
}
