using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Shoppers;

internal static class VisitEndpoints
{
    /// <summary>One batch; the entity takes as many.</summary>
    public const int MaxVisits = 64;

    public static async Task<Results<Ok<Accepted>, Problem>> RecordAsync(
        Caller caller, Body<VisitsRequest> body, ICustomers customers, PeakControl peak, TimeProvider clock, CancellationToken ct)
    {
        peak.CountVisit();
        var now = clock.GetUtcNow();
        var checks = new Checks();
        var visits = body.Value.Visits ?? [];
        checks.Must(visits.Count is >= 1 and <= MaxVisits, "visits", $"1 to {MaxVisits} visits");
        var read = new PageVisit[Math.Min(visits.Count, MaxVisits)];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = VisitReading.Read(checks, $"visits[{i}].", visits[i], now)!;
        }

        checks.ThrowIfAny();
        var reply = await customers.HandleAsync(
            Entity.Customer(caller.Tenant, caller.Customer), new CustomerCommand.RecordVisits([.. read], now), ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(new Accepted(read.Length));
    }
}
