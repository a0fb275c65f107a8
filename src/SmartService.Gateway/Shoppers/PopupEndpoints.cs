using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Shoppers;

internal static class PopupEndpoints
{
    public static async Task<Results<NoContent, Problem>> ReportAsync(
        string popup, Caller caller, Body<PopupRequest> body, ICustomers customers, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        var outcome = checks.Needed("outcome", body.Value.Outcome);
        checks.Must(body.Value.Outcome is not PopupOutcome.Offered, "outcome", "seen, opened, dismissed, ignored, helpful or not_helpful");
        checks.ThrowIfAny();

        var reply = await customers.HandleAsync(
            Entity.Customer(caller.Tenant, caller.Customer), new CustomerCommand.ReportPopup(new PopupId(popup), outcome, clock.GetUtcNow()), ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }
}
