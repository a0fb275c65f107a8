using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Orders;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>
/// Many orders at once, all or nothing: every line is read and then decided against the orders as they are now; only when no
/// line is faulty or refused is anything written. Each order is one entity, so there is no transaction over all: an order
/// that another call changes in between can still refuse its line, which is then said. Sending the file again is harmless.
/// </summary>
internal static class OrderBulk
{
    private const int AtOnce = 64;

    private sealed record BulkOrder(OrderId Number, IReadOnlyList<OrderCommand> Commands);

    public static async Task<Results<Ok<BulkAnswer>, Problem>> ImportAsync(
        HttpContext context, Caller caller, IOrders orders, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lines = await JsonLines.ReadAsync(
            context.Request.BodyReader, GatewayJson.Default.OrderLineOfBulk, (line, checks) => Read(line, checks, now), ct);

        // Lines of one order stay in their order; orders go side by side.
        var groups = lines.GroupBy(l => l.Value.Number).Select(g => g.ToArray()).ToArray();
        var refused = await RunAsync(groups, group => RehearseAsync(caller, orders, group, ct), ct);
        if (refused.Count > 0)
        {
            return Problems.Invalid($"{refused.Count} lines are refused; \"errors\" names them. Nothing was written.", [.. refused.OrderBy(f => f.Line).Take(Checks.MaxFaults)]);
        }

        var results = new BulkLine[lines.Count];
        var places = lines.Select((l, i) => (l.Line, i)).ToDictionary(p => p.Line, p => p.i);
        var late = await RunAsync(groups, group => WriteAsync(caller, orders, group, (line, r) => results[places[line]] = r, ct), ct);
        return late.Count == 0
            ? TypedResults.Ok(new BulkAnswer(lines.Count, results.Count(r => r.Changed), results))
            : new Problem(409, "conflict", "Orders changed meanwhile", "The lines named were refused; the others are written. Send the file again: what is written changes nothing.")
            {
                Errors = [.. late.OrderBy(f => f.Line).Take(Checks.MaxFaults)],
            };
    }

    private static BulkOrder Read(OrderLineOfBulk line, Checks checks, DateTimeOffset now)
    {
        checks.MerchantId("number", line.Number);
        var commands = new List<OrderCommand>
        {
            OrderReading.Place(checks, new(line.Customer, line.Lines, line.Total, line.Currency, line.PlacedAt, line.PromisedAt), now),
        };
        if (line.Payment is { } payment)
        {
            commands.Add(OrderReading.Payment(checks, "payment.", payment, now));
        }

        if (line.Shipment is { } shipment)
        {
            commands.Add(OrderReading.Shipment(checks, "shipment.", shipment, now));
        }

        if (line.Checkpoints is { } checkpoints)
        {
            commands.Add(OrderReading.Checkpoints(checks, checkpoints, now));
        }

        return new(new(line.Number ?? ""), commands);
    }

    /// <summary>Lets the order's own rules decide on a copy of its state; nothing is written.</summary>
    private static async ValueTask<IEnumerable<Fault>> RehearseAsync(
        Caller caller, IOrders orders, (int Line, BulkOrder Order)[] group, CancellationToken ct)
    {
        var faults = new List<Fault>();
        var state = await orders.ReadAsync(Entity.Order(caller.Tenant, group[0].Order.Number), ct);
        foreach (var (line, order) in group)
        {
            foreach (var command in order.Commands)
            {
                var decision = OrderDecider.Decide(state, command);
                if (decision.Refusal is { } refusal)
                {
                    faults.Add(ToFault(line, refusal));
                }

                state = decision.Events.Aggregate(state, OrderDecider.Evolve);
            }
        }

        return faults;
    }

    private static async ValueTask<IEnumerable<Fault>> WriteAsync(
        Caller caller, IOrders orders, (int Line, BulkOrder Order)[] group, Action<int, BulkLine> done, CancellationToken ct)
    {
        var faults = new List<Fault>();
        foreach (var (line, order) in group)
        {
            var changed = false;
            foreach (var command in order.Commands)
            {
                var reply = await Patiently.HandleAsync(orders, Entity.Order(caller.Tenant, order.Number), command, ct);
                changed |= !reply.Events.IsDefaultOrEmpty;
                if (reply.Refusal is { } refusal)
                {
                    faults.Add(ToFault(line, refusal));
                }
            }

            done(line, new(line, order.Number.Value, changed));
        }

        return faults;
    }

    private static Fault ToFault(int line, OrderRefusal refusal)
    {
        var problem = Refusals.ToProblem(refusal);
        return new("", $"{problem.Code}: {problem.Title}. {problem.Detail}", line);
    }

    private static async ValueTask<List<Fault>> RunAsync<T>(IEnumerable<T> groups, Func<T, ValueTask<IEnumerable<Fault>>> run, CancellationToken ct)
    {
        var all = new List<Fault>();
        await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (group, _) =>
        {
            var faults = await run(group);
            lock (all)
            {
                all.AddRange(faults);
            }
        });
        return all;
    }
}
