using System.Security.Cryptography;
using System.Text;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.Gateway.Access;

/// <summary>Turns a credential into a caller. Keys are looked up each time: a revoked one ends at once, on other gateways when they hear of it.</summary>
internal sealed class Credentials(AdminKey admin, KnownShoppers shoppers, ITenants tenants)
{
    /// <returns>Null when the credential is unknown, revoked or expired; which of them is not told.</returns>
    public ValueTask<Caller?> RecogniseAsync(ReadOnlyMemory<char> credential, CancellationToken ct) =>
        credential.Span.StartsWith(ShopperTokens.Prefix, StringComparison.Ordinal)
            ? new(shoppers.Find(credential.Span))
            : RecogniseKeyAsync(credential.ToString(), ct);

    private async ValueTask<Caller?> RecogniseKeyAsync(string credential, CancellationToken ct)
    {
        if (credential.StartsWith("adm_", StringComparison.Ordinal))
        {
            return admin.Is(credential) ? new(CallerScope.Admin, default, default, "admin", null, identified: true) : null;
        }

        if (!Keys.TryRead(credential, out var tenant))
        {
            return null;
        }

        var state = await tenants.ReadAsync(Entity.Tenant(tenant.Value), ct);
        return Keys.Find(state.Keys, credential) is { } key
            ? new(ToCallerScope(key.Scope), tenant.Value, default, $"{tenant.Value.Value}:{key.Id}", null, identified: true)
            : null;
    }

    private static CallerScope ToCallerScope(KeyScope scope) => scope switch
    {
        KeyScope.Secret => CallerScope.Secret,
        KeyScope.Agent => CallerScope.Agent,
        KeyScope.Publishable => CallerScope.Publishable,
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };
}

/// <summary>The one key that makes tenants. The file is the only copy.</summary>
internal sealed class AdminKey(string file, string text, bool created)
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public string File { get; } = file;

    /// <summary>The key's text, when this start made it: the host prints it once.</summary>
    public string? Fresh { get; } = created ? text : null;

    /// <exception cref="SecretFileException">The file cannot be written or read.</exception>
    public static AdminKey LoadOrCreate(string file)
    {
        var (text, created) = SecretFile.LoadOrCreate(file, Keys.MakeAdminKey);
        return new(file, text, created);
    }

    public bool Is(string credential) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(credential)));
}
