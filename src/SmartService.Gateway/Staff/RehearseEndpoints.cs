using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Staff;

internal static class RehearseEndpoints
{
    public static async Task<Ok<RehearseAnswer>> RehearseAsync(
        Caller caller, Body<RehearseRequest> body, IAssistant assistant, TenantDirectory tenants, FirstTries tries, CancellationToken ct)
    {
        var request = body.Value;
        var checks = new Checks();
        checks.Text("text", request.Text, ConversationState.MaxTextLength);
        checks.Must(request.Customer is null || Identifiers.IsMerchantId(request.Customer), "customer", "a customer id");
        checks.ThrowIfAny();
        var tenant = await tenants.ReadAsync(caller.Tenant, ct);
        var r = await assistant.RehearseAsync(
            caller.Tenant, request.Text!, Locales.Choose(request.Locale, tenant.Profile!.Locale),
            request.Customer is { } customer ? new CustomerId(customer) : null, ct);
        await tries.NoteAsync(caller, ct);
        return TypedResults.Ok(new RehearseAnswer(
            r.Reading.Intent.Value, r.Reading.Confidence, r.Reading.OutOfScope, r.Reading.Language, r.Reading.Model,
            [.. r.Intents.Select(i => new IntentView(i.Intent.Value, i.Probability))],
            [.. r.Candidates.Select(c => new AnswerView(c.Intent.Value, c.Text, c.Source.ToView(), c.Confidence, c.Actions.ToViews()))],
            r.Action, r.Text));
    }
}
