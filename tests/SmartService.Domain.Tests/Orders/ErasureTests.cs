using Shouldly;
using SmartService.Domain.Orders;
using Xunit;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Orders.Order;

namespace SmartService.Domain.Tests.Orders;

public sealed class ErasureTests
{
    private static readonly OrderCommand.Erase Erase = new(Days(9));

    [Fact]
    public void Erase_Twice_ChangesNothing() => GivenDelivered().ThenTwiceIsOnce(Erase);

    [Fact]
    public void Erase_KnownOrder_ForgetsAll() => GivenDelivered()
        .When(Erase)
        .ThenState(s => s.Customer.ShouldBeNull())
        .ThenState(s => s.Lines.ShouldBeEmpty())
        .ThenState(s => s.ParcelNumber.ShouldBeNull());

    [Fact]
    public void Erase_NeverPlaced_IsRefused() => Given().When(Erase).ThenRefused(OrderRefusal.NotFound);

    [Fact]
    public void AnyCommand_AfterErase_IsRefused()
    {
        OrderCommand[] commands =
        [
            PlaceBoots, Pay("p1", PaymentState.Paid), ShipBoots, Scan("a", 1), new OrderCommand.ReportMissing(Noon),
            Refund("r1", 1m, Noon), new OrderCommand.NoteRefundPaid("r2", Noon), new OrderCommand.Cancel(null, Noon),
        ];
        foreach (var command in commands)
        {
            GivenDelivered().When(Erase).When(command).ThenRefused(OrderRefusal.Erased);
        }
    }

    [Fact]
    public void Replay_AllBeforeErasureOverwritten_StaysErased() => Given(new OrderEvent.Erased(Noon))
        .When(PlaceBoots)
        .ThenRefused(OrderRefusal.Erased);
}
