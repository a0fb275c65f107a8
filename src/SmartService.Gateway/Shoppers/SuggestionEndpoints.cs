using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Shoppers;

internal static class SuggestionEndpoints
{
    public static async Task<Ok<SuggestionList>> ListAsync(
        Caller caller, string? locale, ISuggestions suggestions, TenantDirectory tenants, CancellationToken ct)
    {
        var tenant = await tenants.ReadAsync(caller.Tenant, ct);
        var list = await suggestions.ForAsync(caller.Tenant, caller.Customer, Locales.Choose(locale, tenant.Profile!.Locale), ct);
        return TypedResults.Ok(new SuggestionList([.. list.Select(s => new SuggestionView(s.Intent.Value, s.Label, s.Rank))]));
    }

    public static async Task<NoContent> ChooseAsync(Caller caller, Body<ChosenRequest> body, ISuggestions suggestions, CancellationToken ct)
    {
        var request = body.Value;
        var checks = new Checks();
        checks.ClientId("operationId", request.OperationId);
        checks.Must(request.Intent is not null && Identifiers.IsIntent(request.Intent), "intent", "an intent such as order.delay");
        checks.Must(request.Rank is >= 1 and <= 20, "rank", "1 to 20");
        checks.ThrowIfAny();
        await suggestions.ChooseAsync(caller.Tenant, caller.Customer, request.OperationId!, new IntentId(request.Intent!), request.Rank!.Value, ct);
        return TypedResults.NoContent();
    }
}
