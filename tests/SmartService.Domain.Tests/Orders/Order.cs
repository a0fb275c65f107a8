using SmartService.Domain.Orders;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Orders.OrderDecider, SmartService.Domain.Orders.OrderState, SmartService.Domain.Orders.OrderCommand,
    SmartService.Domain.Orders.OrderEvent, SmartService.Domain.Orders.OrderRefusal>;

namespace SmartService.Domain.Tests.Orders;

/// <summary>Orders in telling states, and commands to them with the dull fields filled.</summary>
internal static class Order
{
    public static readonly OrderLine Boots = new("p-boots", "Trail boots", 1, 120m, "42");
    public static readonly OrderLine Socks = new("p-socks", "Wool socks", 2, 12m);

    public static readonly OrderCommand.Place PlaceBoots = new(Ada, [Boots], 120m, "EUR", Noon, Days(3), Noon);
    public static readonly OrderCommand.Ship ShipBoots = new("DHL", "JD01", null, null, Days(1));

    public static Given Given(params OrderEvent[] events) => Domain.Tests.Given<
        OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>.Events(events);

    public static Given GivenPlaced() => Given().When(PlaceBoots);

    public static Given GivenShipped() => GivenPlaced().When(ShipBoots);

    public static Given GivenDelivered() => GivenShipped().When(Scan("d", 2, CheckpointStatus.Delivered));

    public static Given GivenCancelled() => GivenPlaced().When(new OrderCommand.Cancel(null, Noon));

    public static Checkpoint At(string id, int day, CheckpointStatus status = CheckpointStatus.InTransit, DateTimeOffset? eta = null) =>
        new(id, Days(day), status, "Leipzig", "sorted", eta);

    public static OrderCommand Scan(string id, int day, CheckpointStatus status = CheckpointStatus.InTransit, DateTimeOffset? eta = null) =>
        new OrderCommand.NoteCheckpoints([At(id, day, status, eta)], Days(day));

    public static OrderCommand Pay(string operation, PaymentState state, string? method = "card") =>
        new OrderCommand.NotePayment(operation, state, method, Noon);

    public static OrderCommand Refund(string operation, decimal amount, DateTimeOffset at) =>
        new OrderCommand.RequestRefund(operation, amount, Days(10), at);
}
