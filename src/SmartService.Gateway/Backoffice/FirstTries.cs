using System.Collections.Concurrent;
using SmartService.Backoffice.Audit;
using SmartService.Domain;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Backoffice;

/// <summary>Notes the first question a store tries out, once: the checklist asks whether one was.</summary>
internal sealed class FirstTries(AuditLog audit)
{
    private const int MaxKnown = 10_000;
    private readonly ConcurrentDictionary<TenantId, bool> _known = new();

    public async Task NoteAsync(Caller caller, CancellationToken ct)
    {
        if (_known.ContainsKey(caller.Tenant))
        {
            return;
        }

        if ((await audit.ListAsync(caller.Tenant.Value, new(Action: OnboardingEndpoints.Tried), null, 1, ct)).Count == 0)
        {
            await audit.AppendAsync(new(caller.Tenant.Value, caller.Actor, OnboardingEndpoints.Tried), ct);
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        _known[caller.Tenant] = true;
    }
}
