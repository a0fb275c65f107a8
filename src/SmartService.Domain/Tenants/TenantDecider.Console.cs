using System.Collections.Immutable;
using static SmartService.Domain.Tenants.TenantCommand;
using static SmartService.Domain.Tenants.TenantEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Tenants.TenantEvent, SmartService.Domain.Tenants.TenantRefusal>;

namespace SmartService.Domain.Tenants;

/// <summary>Ready answers of staff, and who is told when something happens.</summary>
public sealed partial class TenantDecider
{
    private const int MaxCanned = 300;
    private const int MaxWebhooks = 20;

    private static Decision DecideCanned(TenantState state, SaveCanned c)
    {
        var canned = state.Canned.OrEmpty();
        if (c.Answer.Id.Length is 0 or > 128 || !CannedAnswer.IsShortcut(c.Answer.Shortcut) || string.IsNullOrWhiteSpace(c.Answer.Text)
            || c.Answer.Text.Length > CannedAnswer.MaxTextLength)
        {
            return TenantRefusal.OutOfRange;
        }

        if (canned.Any(a => a.Id != c.Answer.Id && a.Locale == c.Answer.Locale && string.Equals(a.Shortcut, c.Answer.Shortcut, StringComparison.OrdinalIgnoreCase)))
        {
            return TenantRefusal.ShortcutTaken;
        }

        var known = canned.FirstOrDefault(a => a.Id == c.Answer.Id);
        if (known is null && canned.Length >= MaxCanned)
        {
            return TenantRefusal.TooManyCanned;
        }

        var same = known is not null && (known.Shortcut, known.Text, known.Locale) == (c.Answer.Shortcut, c.Answer.Text, c.Answer.Locale);
        return same ? Decision.Unchanged : new CannedSaved(c.Answer, c.At);
    }

    private static Decision DecideCannedRemoval(TenantState state, RemoveCanned c) =>
        state.Canned.OrEmpty().Any(a => a.Id == c.Id) ? new CannedRemoved(c.Id, c.At) : TenantRefusal.CannedNotFound;

    private static Decision DecideWebhook(TenantState state, SaveWebhook c)
    {
        var hooks = state.Webhooks.OrEmpty();
        var known = hooks.FirstOrDefault(h => h.Id == c.Hook.Id);
        if (known is null && hooks.Length >= MaxWebhooks)
        {
            return TenantRefusal.TooManyWebhooks;
        }

        var same = known is not null && known with { Events = [] } == c.Hook with { Events = [] } && Bounded.Same(known.Events, c.Hook.Events);
        return same ? Decision.Unchanged : new WebhookSaved(c.Hook, c.At);
    }

    private static Decision DecideWebhookRemoval(TenantState state, RemoveWebhook c) =>
        state.Webhooks.OrEmpty().Any(h => h.Id == c.Id) ? new WebhookRemoved(c.Id, c.At) : TenantRefusal.WebhookNotFound;

    private static ImmutableArray<T> Put<T>(ImmutableArray<T> all, T one, Func<T, bool> isSame)
    {
        var at = all.OrEmpty().TakeWhile(x => !isSame(x)).Count();
        return at < all.OrEmpty().Length ? all.SetItem(at, one) : all.OrEmpty().Add(one);
    }
}
