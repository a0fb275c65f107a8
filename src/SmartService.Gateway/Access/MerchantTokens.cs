using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;

namespace SmartService.Gateway.Access;

/// <summary>The person a merchant vouches for.</summary>
internal sealed record VouchedCustomer(CustomerId Customer, string? Name, string? Locale, CustomerTier? Tier);

/// <summary>
/// Checks JWTs that merchants sign for their shoppers. The rules, in the order they are applied:
/// 1. at most 4 KB and exactly three parts (no encrypted tokens);
/// 2. header and claims are JSON objects without a name twice, and no "crit";
/// 3. signed by one of this tenant's live keys, with the algorithm stored beside that key. "alg" and "kid" choose nothing;
/// 4. "exp" present, not past and at most 10 minutes ahead; "nbf" and "iat" not in the future (60 s of clock skew);
/// 5. "aud", when present, names the tenant; 6. "sub" is a customer id and not one of the anonymous ones.
/// </summary>
internal sealed partial class MerchantTokens(SigningSecrets secrets, TimeProvider clock, ILogger<MerchantTokens> log)
{
    public const string EdDsa = "EdDSA";
    public const string Hs256 = "HS256";
    private const int MaxLength = 4096;
    private static readonly TimeSpan MaxLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <returns>The person; null with the reason for the merchant's developer when the token is refused.</returns>
    public async ValueTask<(VouchedCustomer? Customer, string Reason)> CheckAsync(TenantId tenant, TenantState state, string jwt)
    {
        if (jwt.Length > MaxLength || jwt.Count(c => c == '.') != 2)
        {
            return (null, "A JWT has three parts and at most 4,096 characters.");
        }

        if (!IsPlainObject(jwt.AsSpan(0, jwt.IndexOf('.', StringComparison.Ordinal)), out var header) || header.ContainsKey("crit"))
        {
            return (null, "The header is not a JSON object, has a name twice or \"crit\".");
        }

        var parameters = Parameters(tenant, state);
        var result = await Handler.ValidateTokenAsync(jwt, parameters);
        if (!result.IsValid)
        {
            return (null, "Not signed by a live signing key of this store with that key's algorithm, or expired, or without \"exp\".");
        }

        var payload = jwt.AsSpan()[(jwt.IndexOf('.', StringComparison.Ordinal) + 1)..jwt.LastIndexOf('.')];
        try
        {
            return IsPlainObject(payload, out var claims)
                ? Read(tenant, claims)
                : (null, "The claims are not a JSON object, or a name stands twice.");
        }
        catch (InvalidOperationException)
        {
            return (null, "A claim holds half of a character: it cannot be read as text.");
        }
    }

    private TokenValidationParameters Parameters(TenantId tenant, TenantState state)
    {
        var keys = state.SigningKeys.Where(k => k.RevokedAt is null).Select(k => ToSecurityKey(tenant, k)).OfType<SecurityKey>().ToArray();
        return new()
        {
            // All live keys are tried, whatever "kid" says.
            IssuerSigningKeyResolver = (_, _, _, _) => keys,
            AlgorithmValidator = (algorithm, key, _, _) => algorithm == (key is Ed25519SecurityKey ? EdDsa : Hs256),
            LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = true,
            ValidateAudience = false, // rule 5
            ValidateIssuer = false, // the key says who signed
            LogValidationExceptions = false,
        };
    }

    /// <returns>Null for a secret that another installation has encrypted: nothing is signed by it.</returns>
    private SecurityKey? ToSecurityKey(TenantId tenant, SigningKey key)
    {
        if (key.Algorithm == EdDsa)
        {
            return new Ed25519SecurityKey(Base64Url.DecodeFromChars(key.Material));
        }

        try
        {
            return new SymmetricSecurityKey(secrets.Open(tenant, key.Id, key.Material)) { CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        }
        catch (CryptographicException e)
        {
            DoesNotOpen(key.Id, tenant, e);
            return null;
        }
    }

    [LoggerMessage(6301, LogLevel.Error, "Signing key {Key} of {Tenant} does not open with this installation's key: restore the key, or make a new signing key")]
    private partial void DoesNotOpen(string key, TenantId tenant, Exception exception);

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && end > now && end <= now + MaxLife + Skew && (notBefore is not { } start || start <= now + Skew);
    }

    private (VouchedCustomer? Customer, string Reason) Read(TenantId tenant, Dictionary<string, JsonElement> claims)
    {
        if (claims.TryGetValue("iat", out var iat)
            && (!iat.TryGetNumber(out var issued) || issued > clock.GetUtcNow().ToUnixTimeSeconds() + Skew.TotalSeconds))
        {
            return (null, "\"iat\" is in the future or not a number.");
        }

        if (claims.TryGetValue("aud", out var audience) && !Names(audience, tenant.Value))
        {
            return (null, $"\"aud\" does not name {tenant.Value}.");
        }

        var subject = claims.Text("sub");
        if (subject is null || !Identifiers.IsMerchantId(subject) || subject.StartsWith(AnonymousCustomers.Prefix, StringComparison.Ordinal))
        {
            return (null, "\"sub\" must be a customer id: 1 to 128 characters of A-Za-z0-9 and _-.:@+#=~, not starting with \"anon-\".");
        }

        var name = claims.Text("name");
        CustomerTier? tier = Enum.TryParse<CustomerTier>(claims.Text("tier"), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        return (new(new(subject), name is { Length: > 100 } ? name[..100] : name, claims.Text("locale"), tier), "");
    }

    private static bool Names(JsonElement audience, string tenant) => audience.ValueKind switch
    {
        JsonValueKind.String => audience.ValueEquals(tenant),
        JsonValueKind.Array => audience.EnumerateArray().Any(a => a.ValueKind == JsonValueKind.String && a.ValueEquals(tenant)),
        _ => false,
    };

    private static bool IsPlainObject(ReadOnlySpan<char> part, out Dictionary<string, JsonElement> members)
    {
        members = [];
        var bytes = new byte[part.Length];
        if (Base64Url.DecodeFromChars(part, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, written), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            members = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // Not JSON, or a name in it holds half of a character.
        }
    }
}
