using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SmartService.Domain;
using SmartService.Domain.Tenants;

namespace SmartService.Gateway.Access;

/// <summary>API keys: "sk_{tenant}_{43 random characters}". The tenant in the key only says where to look; the hash decides.</summary>
internal static class Keys
{
    private const int RandomBytes = 32;
    private const int MaxLength = 160;

    /// <summary>A new key: the entry a tenant keeps and the text shown once.</summary>
    public static (ApiKey Entry, string Text) Make(TenantId tenant, KeyScope scope, string? label, DateTimeOffset now)
    {
        var text = $"{Prefix(scope)}_{tenant.Value}_{RandomText()}";
        var id = "key-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        // Enough to tell keys apart: the prefix and four of 43 random characters.
        var hint = text[..(text.Length - 39)];
        return (new ApiKey(id, scope, Hash(text), hint, label, now), text);
    }

    public static string MakeAdminKey() => "adm_" + RandomText();

    /// <summary>The tenant a key names; false when it does not look like a key.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out TenantId? tenant)
    {
        tenant = null;
        if (text.Length > MaxLength || text.Length < 4 || text[2] != '_' || text[..2] is not ("sk" or "ak" or "pk"))
        {
            return false;
        }

        var end = text.IndexOf('_', 3);
        if (end < 4 || !Identifiers.IsTenant(text.AsSpan(3, end - 3)))
        {
            return false;
        }

        tenant = new TenantId(text[3..end]);
        return true;
    }

    /// <summary>The live key whose hash this text has; compares every entry in constant time.</summary>
    public static ApiKey? Find(IEnumerable<ApiKey> keys, string text)
    {
        var hash = Encoding.ASCII.GetBytes(Hash(text));
        ApiKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(key.Hash)) && key.RevokedAt is null)
            {
                found = key;
            }
        }

        return found;
    }

    /// <summary>SHA-256, hexadecimal. The keys have 256 random bits, so a slow hash adds nothing.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    private static string Prefix(KeyScope scope) => scope switch
    {
        KeyScope.Secret => "sk",
        KeyScope.Agent => "ak",
        KeyScope.Publishable => "pk",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };
}
