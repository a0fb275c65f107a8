using System.Collections.Immutable;
using static SmartService.Domain.Tenants.TenantCommand;
using static SmartService.Domain.Tenants.TenantEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Tenants.TenantEvent, SmartService.Domain.Tenants.TenantRefusal>;

namespace SmartService.Domain.Tenants;

/// <summary>Keys of the API and keys that sign shoppers' tokens. Ids are never used again.</summary>
public sealed partial class TenantDecider
{
    private const int MaxLiveKeys = 50;
    private const int MaxLiveSigningKeys = 2;
    private const int KeptRevoked = 100;

    private static Decision DecideKey(TenantState state, AddKey c)
    {
        var known = Find(state.Keys, c.Key.Id);
        if (known >= 0)
        {
            return state.Keys[known].Hash == c.Key.Hash ? Decision.Unchanged : TenantRefusal.AlreadyExists;
        }

        if (!IsWellFormed(c.Key))
        {
            return TenantRefusal.OutOfRange;
        }

        return state.Keys.Count(k => k.RevokedAt is null) >= MaxLiveKeys ? TenantRefusal.TooManyKeys : new KeyAdded(c.Key, c.At);
    }

    private static Decision DecideRevocation(TenantState state, RevokeKey c) => Find(state.Keys, c.Key) switch
    {
        < 0 => TenantRefusal.KeyNotFound,
        var i when state.Keys[i].RevokedAt is not null => Decision.Unchanged,
        _ => new KeyRevoked(c.Key, c.At),
    };

    private static Decision DecideSigningKey(TenantState state, AddSigningKey c)
    {
        var known = FindSigning(state.SigningKeys, c.Key.Id);
        if (known >= 0)
        {
            return state.SigningKeys[known].Material == c.Key.Material ? Decision.Unchanged : TenantRefusal.AlreadyExists;
        }

        if (!IsWellFormed(c.Key))
        {
            return TenantRefusal.OutOfRange;
        }

        return state.SigningKeys.Count(k => k.RevokedAt is null) >= MaxLiveSigningKeys
            ? TenantRefusal.TooManySigningKeys
            : new SigningKeyAdded(c.Key, c.At);
    }

    private static Decision DecideSigningRevocation(TenantState state, RevokeSigningKey c) =>
        FindSigning(state.SigningKeys, c.Key) switch
        {
            < 0 => TenantRefusal.KeyNotFound,
            var i when state.SigningKeys[i].RevokedAt is not null => Decision.Unchanged,
            _ => new SigningKeyRevoked(c.Key, c.At),
        };

    private static bool IsWellFormed(ApiKey key) =>
        key is { Id.Length: >= 1 and <= 64, Hash.Length: 64 } && key.Hash.All(char.IsAsciiHexDigit) && Enum.IsDefined(key.Scope);

    private static bool IsWellFormed(SigningKey key) =>
        key is { Id.Length: >= 1 and <= 64, Algorithm: "HS256" or "EdDSA", Material.Length: >= 1 and <= 4_096 };

    private static int Find(ImmutableArray<ApiKey> keys, string id)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private static int FindSigning(ImmutableArray<SigningKey> keys, string id)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
