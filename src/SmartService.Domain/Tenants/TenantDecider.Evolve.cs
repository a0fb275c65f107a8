using System.Collections.Immutable;
using static SmartService.Domain.Tenants.TenantEvent;

namespace SmartService.Domain.Tenants;

/// <summary>Replay of facts.</summary>
public sealed partial class TenantDecider
{
    public static TenantState Evolve(TenantState state, TenantEvent e)
    {
        if (state.Profile is null != e is Created)
        {
            throw new CorruptHistoryException(state, e);
        }

        return e switch
        {
            Created c => state with { Profile = c.Profile, Origins = c.Origins.OrEmpty() },
            ProfileChanged p => state with { Profile = p.Profile },
            OriginsChanged o => state with { Origins = o.Origins.OrEmpty() },
            CampaignsChanged c => state with { Campaigns = c.Campaigns.OrEmpty() },
            PolicyChanged p => state with { Policy = p.Policy with { ForbiddenWords = p.Policy.ForbiddenWords.OrEmpty(), Languages = p.Policy.Languages.OrEmpty() } },
            CannedSaved s => state with { Canned = Put(state.Canned, s.Answer, a => a.Id == s.Answer.Id) },
            CannedRemoved r => state with { Canned = state.Canned.OrEmpty().RemoveAll(a => a.Id == r.Id) },
            WebhookSaved s => state with { Webhooks = Put(state.Webhooks, s.Hook, h => h.Id == s.Hook.Id) },
            WebhookRemoved r => state with { Webhooks = state.Webhooks.OrEmpty().RemoveAll(h => h.Id == r.Id) },
            KeyAdded k => state with { Keys = state.Keys.Add(k.Key) },
            KeyRevoked k => ApplyRevocation(state, k),
            SigningKeyAdded k => state with { SigningKeys = state.SigningKeys.Add(k.Key) },
            SigningKeyRevoked k => ApplyRevocation(state, k),
            _ => throw new CorruptHistoryException(state, e),
        };
    }

    private static TenantState ApplyRevocation(TenantState state, KeyRevoked e)
    {
        var i = Find(state.Keys, e.Key);
        if (i < 0)
        {
            throw new CorruptHistoryException(state, e);
        }

        var keys = state.Keys.SetItem(i, state.Keys[i] with { RevokedAt = e.At });
        return state with { Keys = Forget(keys, k => k.RevokedAt is not null) };
    }

    private static TenantState ApplyRevocation(TenantState state, SigningKeyRevoked e)
    {
        var i = FindSigning(state.SigningKeys, e.Key);
        if (i < 0)
        {
            throw new CorruptHistoryException(state, e);
        }

        var keys = state.SigningKeys.SetItem(i, state.SigningKeys[i] with { RevokedAt = e.At });
        return state with { SigningKeys = Forget(keys, k => k.RevokedAt is not null) };
    }

    /// <summary>Drops the oldest revoked key when more than 100 are kept.</summary>
    private static ImmutableArray<T> Forget<T>(ImmutableArray<T> keys, Func<T, bool> revoked) =>
        keys.Count(revoked) > KeptRevoked ? keys.Remove(keys.First(revoked)) : keys;
}
