using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Orders;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>Single orders. Every call answers the order as it is afterwards.</summary>
internal static class OrderEndpoints
{
    public static Task<Results<Ok<OrderView>, Problem>> PlaceAsync(
        string order, Caller caller, Body<OrderRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(order, caller, orders, clock, (checks, now) => OrderReading.Place(checks, body.Value, now), ct);

    public static async Task<Results<Ok<OrderView>, Problem>> ReadAsync(string order, Caller caller, IOrders orders, TimeProvider clock, CancellationToken ct)
    {
        var state = await orders.ReadAsync(Entity.Order(caller.Tenant, new(order)), ct);
        return state.Customer is null ? Refusals.ToProblem(OrderRefusal.NotFound) : TypedResults.Ok(state.ToView(order, clock.GetUtcNow()));
    }

    public static Task<Results<Ok<OrderView>, Problem>> PayAsync(
        string order, Caller caller, Body<PaymentRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(order, caller, orders, clock, (checks, now) => OrderReading.Payment(checks, "", body.Value, now), ct);

    public static Task<Results<Ok<OrderView>, Problem>> ShipAsync(
        string order, Caller caller, Body<ShipmentRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(order, caller, orders, clock, (checks, now) => OrderReading.Shipment(checks, "", body.Value, now), ct);

    public static Task<Results<Ok<OrderView>, Problem>> NoteCheckpointsAsync(
        string order, Caller caller, Body<CheckpointsRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(order, caller, orders, clock, (checks, now) => OrderReading.Checkpoints(checks, body.Value.Checkpoints, now), ct);

    public static Task<Results<Ok<OrderView>, Problem>> RefundAsync(
        string order, Caller caller, Body<RefundRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(
            order, caller, orders, clock,
            (checks, now) =>
            {
                checks.ClientId("operationId", body.Value.OperationId);
                var amount = OrderReading.Money(checks, "amount", body.Value.Amount);
                return new OrderCommand.RequestRefund(body.Value.OperationId!, amount, body.Value.DueAt?.ToUniversalTime(), now);
            },
            ct);

    public static Task<Results<Ok<OrderView>, Problem>> NoteRefundPaidAsync(
        string order, Caller caller, Body<OperationRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(
            order, caller, orders, clock,
            (checks, now) =>
            {
                checks.ClientId("operationId", body.Value.OperationId);
                return new OrderCommand.NoteRefundPaid(body.Value.OperationId!, now);
            },
            ct);

    public static Task<Results<Ok<OrderView>, Problem>> ReportMissingAsync(
        string order, Caller caller, Body<OperationRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(order, caller, orders, clock, (_, now) => new OrderCommand.ReportMissing(now), ct);

    public static Task<Results<Ok<OrderView>, Problem>> CancelAsync(
        string order, Caller caller, Body<CancelRequest> body, IOrders orders, TimeProvider clock, CancellationToken ct) =>
        DoAsync(
            order, caller, orders, clock,
            (checks, now) =>
            {
                checks.OptionalText("reason", body.Value.Reason, 500);
                return new OrderCommand.Cancel(body.Value.Reason, now);
            },
            ct);

    private static async Task<Results<Ok<OrderView>, Problem>> DoAsync(
        string order, Caller caller, IOrders orders, TimeProvider clock, Func<Checks, DateTimeOffset, OrderCommand> read, CancellationToken ct)
    {
        var checks = new Checks();
        var now = clock.GetUtcNow();
        var command = read(checks, now);
        checks.ThrowIfAny();
        var key = Entity.Order(caller.Tenant, new(order));
        var reply = await orders.HandleAsync(key, command, ct);
        return reply.Refusal is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Ok((await orders.ReadAsync(key, ct)).ToView(order, now));
    }
}
