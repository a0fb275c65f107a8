using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Merchants;

internal static class CustomerEndpoints
{
    public static async Task<Results<Ok<CustomerView>, Problem>> DescribeAsync(
        string customer, Caller caller, Body<CustomerRequest> body, ICustomers customers, TimeProvider clock, CancellationToken ct)
    {
        var request = body.Value;
        var checks = new Checks();
        checks.OptionalText("name", request.Name, 100);
        checks.Must(request.Locale is null or "ko" or "zh" or "en", "locale", "ko, zh or en");
        checks.ThrowIfAny();
        var key = Entity.Customer(caller.Tenant, new(customer));
        var describe = new CustomerCommand.Describe(request.Name, request.Tier, request.Locale, Identified: !AnonymousCustomers.IsAnonymous(new(customer)), clock.GetUtcNow());
        var reply = await customers.HandleAsync(key, describe, ct);
        return reply.Refusal is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Ok((await customers.ReadAsync(key, ct)).ToView(customer, clock.GetUtcNow()));
    }
}
