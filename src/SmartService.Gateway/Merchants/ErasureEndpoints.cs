using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Merchants;

internal static class ErasureEndpoints
{
    public static async Task<Ok<ErasedAnswer>> EraseAsync(string customer, Caller caller, ErasureRequests erasures, CancellationToken ct) =>
        TypedResults.Ok(await erasures.EraseAsync(caller.Tenant, new CustomerId(customer), ct));
}
