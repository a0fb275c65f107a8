using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Backoffice;

/// <summary>Who one is, where, and what one may: what the console shows first.</summary>
internal sealed class SessionViews(TenantDirectory directory, Team team, Account account)
{
    public async Task<SessionView> OfAsync(Caller caller, CancellationToken ct)
    {
        var profile = (await directory.ReadAsync(caller.Tenant, ct)).Profile;
        var store = new OwnStoreView(profile?.Name ?? caller.Tenant.Value, profile?.Locale ?? "en", profile?.Currency ?? "", profile?.TimeZone ?? "UTC");
        var permissions = RoleTable.Words(caller.Permissions);
        if (caller.Member is not { } who)
        {
            var scope = caller.Scope == CallerScope.Secret ? KeyScope.Secret : KeyScope.Agent;
            return new(null, new(scope, caller.Actor.Id), caller.Tenant.Value, store, null, permissions, [], null);
        }

        var member = await account.FindAsync(who.Member);
        var places = new List<PlaceView>();
        foreach (var place in await team.PlacesAsync(who.Member, ct))
        {
            var name = (await directory.ReadAsync(new(place.Tenant), ct)).Profile?.Name ?? place.Tenant;
            places.Add(new(place.Tenant, name, place.Role));
        }

        var person = new SignedInMember(
            who.Member, who.Mail, member?.Name ?? who.Name, member?.Locale, member?.TwoFactorEnabled ?? false,
            member is { TwoFactorEnabled: true } ? await account.RecoveryCodesLeftAsync(member) : null);
        return new(person, null, caller.Tenant.Value, store, who.Role, permissions, places, caller.ExpiresAt);
    }
}
