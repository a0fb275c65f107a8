using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Merchants;

/// <summary>Many customers' visits at once, for replays and for shops that report from their servers.</summary>
internal static class VisitBulk
{
    private const int AtOnce = 64;

    public static async Task<Results<Ok<BulkAnswer>, Problem>> ImportAsync(
        HttpContext context, Caller caller, ICustomers customers, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lines = await JsonLines.ReadAsync(
            context.Request.BodyReader,
            GatewayJson.Default.VisitOfBulk,
            (line, checks) =>
            {
                checks.MerchantId("customer", line.Customer);
                return (Customer: new CustomerId(line.Customer ?? ""), Visit: VisitReading.Read(checks, "", line.Visit, now)!);
            },
            ct);

        var changed = 0;
        var refused = new List<Fault>();
        var groups = lines.GroupBy(l => l.Value.Customer);
        await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (group, _) =>
        {
            foreach (var batch in group.OrderBy(l => l.Value.Visit.At).Chunk(VisitEndpoints.MaxVisits))
            {
                var command = new CustomerCommand.RecordVisits([.. batch.Select(l => l.Value.Visit)], now);
                var reply = await Patiently.HandleAsync(customers, Entity.Customer(caller.Tenant, group.Key), command, ct);
                Interlocked.Add(ref changed, reply.Events.IsDefault ? 0 : reply.Events.Length);
                if (reply.Refusal is { } refusal)
                {
                    lock (refused)
                    {
                        refused.Add(new("customer", Refusals.ToProblem(refusal).Title, batch[0].Line));
                    }
                }
            }
        });

        return refused.Count == 0
            ? TypedResults.Ok(new BulkAnswer(lines.Count, changed, null))
            : new Problem(409, "conflict", "Some customers refuse visits", "The others' visits are written. People who were forgotten take no visits any more.")
            {
                Errors = [.. refused.OrderBy(f => f.Line).Take(Checks.MaxFaults)],
            };
    }
}
