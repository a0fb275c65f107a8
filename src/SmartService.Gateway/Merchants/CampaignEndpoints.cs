using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>When a store holds its sales.</summary>
internal static class CampaignEndpoints
{
    public static async Task<Ok<CampaignsView>> ReadAsync(Caller caller, ITenants tenants, CancellationToken ct) =>
        TypedResults.Ok(View(await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)));

    public static async Task<Results<Ok<CampaignsView>, Problem>> ChangeAsync(
        Caller caller, Body<CampaignsView> body, ITenants tenants, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var campaigns = Read(body.Value);
        var key = Entity.Tenant(caller.Tenant);
        var reply = await tenants.HandleAsync(key, new TenantCommand.ChangeCampaigns(campaigns, clock.GetUtcNow()), ct);
        directory.Forget(caller.Tenant);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(View(await tenants.ReadAsync(key, ct)));
    }

    private static ImmutableArray<Campaign> Read(CampaignsView view)
    {
        var checks = new Checks();
        checks.Must(view.Campaigns is not null, "campaigns", "is missing");
        var given = view.Campaigns ?? [];
        for (var i = 0; i < given.Count; i++)
        {
            checks.Must(given[i]?.From is not null, $"campaigns[{i}].from", "is missing; write a day as 2026-11-11");
            checks.Must(given[i]?.To is not null, $"campaigns[{i}].to", "is missing; write a day as 2026-11-11");
        }

        checks.ThrowIfAny();
        ImmutableArray<Campaign> campaigns = [.. given.Select(campaign => new Campaign(campaign.Name ?? "", campaign.From!.Value, campaign.To!.Value))];
        checks.AddRange(CampaignRules.Check(campaigns).ToFaults());
        checks.ThrowIfAny();
        return campaigns;
    }

    private static CampaignsView View(TenantState merchant) =>
        new([.. merchant.Campaigns.Select(campaign => new CampaignView(campaign.Name, campaign.From, campaign.To))]);
}
