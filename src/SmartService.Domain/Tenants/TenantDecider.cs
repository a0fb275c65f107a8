using System.Collections.Immutable;
using SmartService.Domain.Conversations;
using static SmartService.Domain.Tenants.TenantCommand;
using static SmartService.Domain.Tenants.TenantEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Tenants.TenantEvent, SmartService.Domain.Tenants.TenantRefusal>;

namespace SmartService.Domain.Tenants;

/// <summary>Rules for one merchant: profile, origins, policy and keys.</summary>
public sealed partial class TenantDecider : IDecider<TenantState, TenantCommand, TenantEvent, TenantRefusal>
{
    private TenantDecider()
    {
    }

    public static TenantState Initial => TenantState.Absent;

    public static Decision Decide(TenantState state, TenantCommand command) => (state, command) switch
    {
        ({ Profile: null }, Create c) => DecideFirst(c),
        ({ Profile: null }, _) => TenantRefusal.NotFound,
        (_, Create c) => Known(state, c) ? Decision.Unchanged : TenantRefusal.AlreadyExists,
        (_, ChangeProfile c) => DecideProfile(state, c),
        (_, ChangeOrigins c) => DecideOrigins(state, c),
        (_, ChangeCampaigns c) => DecideCampaigns(state, c),
        (_, ChangePolicy c) => DecidePolicy(state, c),
        (_, SaveCanned c) => DecideCanned(state, c),
        (_, RemoveCanned c) => DecideCannedRemoval(state, c),
        (_, SaveWebhook c) => DecideWebhook(state, c),
        (_, RemoveWebhook c) => DecideWebhookRemoval(state, c),
        (_, AddKey c) => DecideKey(state, c),
        (_, RevokeKey c) => DecideRevocation(state, c),
        (_, AddSigningKey c) => DecideSigningKey(state, c),
        (_, RevokeSigningKey c) => DecideSigningRevocation(state, c),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    private static Decision DecideFirst(Create c)
    {
        if (!ProfileRules.Check(c.Profile).IsEmpty)
        {
            return TenantRefusal.OutOfRange;
        }

        return ProfileRules.CheckOrigins(c.Origins).IsEmpty
            ? new Created(c.Profile, c.Origins.OrEmpty(), c.At)
            : TenantRefusal.BadOrigin;
    }

    private static bool Known(TenantState state, Create c) =>
        state.Profile == c.Profile && Bounded.Same(state.Origins, c.Origins);

    private static Decision DecideProfile(TenantState state, ChangeProfile c)
    {
        if (!ProfileRules.Check(c.Profile).IsEmpty)
        {
            return TenantRefusal.OutOfRange;
        }

        return state.Profile == c.Profile ? Decision.Unchanged : new ProfileChanged(c.Profile, c.At);
    }

    private static Decision DecideOrigins(TenantState state, ChangeOrigins c)
    {
        if (!ProfileRules.CheckOrigins(c.Origins).IsEmpty)
        {
            return TenantRefusal.BadOrigin;
        }

        return Bounded.Same(state.Origins, c.Origins) ? Decision.Unchanged : new OriginsChanged(c.Origins.OrEmpty(), c.At);
    }

    private static Decision DecideCampaigns(TenantState state, ChangeCampaigns c)
    {
        if (!CampaignRules.Check(c.Campaigns).IsEmpty)
        {
            return TenantRefusal.OutOfRange;
        }

        ImmutableArray<Campaign> ordered = [.. c.Campaigns.OrEmpty().OrderBy(campaign => campaign.From).ThenBy(campaign => campaign.Name, StringComparer.Ordinal)];
        return Bounded.Same(state.Campaigns, ordered) ? Decision.Unchanged : new CampaignsChanged(ordered, c.At);
    }

    private static Decision DecidePolicy(TenantState state, ChangePolicy c)
    {
        if (!PolicyRules.Check(c.Policy).IsEmpty)
        {
            return TenantRefusal.OutOfRange;
        }

        return Same(state.Policy, c.Policy) ? Decision.Unchanged : new PolicyChanged(c.Policy, c.At);
    }

    private static bool Same(TenantPolicy one, TenantPolicy other)
    {
        // Arrays compare by identity, so what holds some is compared apart.
        var bare = other with { ForbiddenWords = one.ForbiddenWords, Languages = one.Languages, Hours = one.Hours, HandOff = one.HandOff };
        return one == bare && Bounded.Same(one.ForbiddenWords, other.ForbiddenWords) && Bounded.Same(one.Languages, other.Languages)
            && Same(one.Hours, other.Hours) && Same(one.HandOff, other.HandOff);
    }

    private static bool Same(OpeningHours? one, OpeningHours? other) => one is null || other is null
        ? one is null && other is null
        : (one.Enabled, one.TimeZone) == (other.Enabled, other.TimeZone) && Bounded.Same(one.Week, other.Week) && Bounded.Same(one.Holidays, other.Holidays);

    private static bool Same(HandOffRules? one, HandOffRules? other) => one is null || other is null
        ? one is null && other is null
        : one.AfterFailures == other.AfterFailures && Bounded.Same(one.Intents, other.Intents);
}
