using System.Collections.Immutable;
using Shouldly;
using SmartService.Domain.Orders;
using Xunit;
using static SmartService.Domain.Orders.OrderEvent;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Orders.Order;

namespace SmartService.Domain.Tests.Orders;

public sealed class PlaceTests
{
    [Fact]
    public void Place_NewOrder_IsPlaced() => Given()
        .When(PlaceBoots)
        .Then(new Placed(Ada, [Boots], 120m, "EUR", Noon, Days(3), Noon))
        .ThenState(s => s.Version.ShouldBe(1));

    [Fact]
    public void Place_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(PlaceBoots);

    [Fact]
    public void Place_AnotherCustomersNumber_IsRefused() => GivenPlaced()
        .When(PlaceBoots with { Customer = Bob })
        .ThenRefused(OrderRefusal.BelongsToAnother);

    [Fact]
    public void Place_OtherLines_CorrectsThem() => GivenPlaced()
        .When(PlaceBoots with { Lines = [Boots, Socks], Total = 144m, At = Later(5) })
        .ThenState(s => s.Total.ShouldBe(144m))
        .ThenState(s => s.Lines.ShouldBe([Boots, Socks]));

    [Fact]
    public void Place_OlderReport_DoesNotUndoACorrection() => GivenPlaced()
        .When(PlaceBoots with { Total = 144m, At = Later(5) })
        .When(PlaceBoots)
        .ThenNothing();

    [Fact]
    public void Place_CorrectionOfACancelledOrder_IsRefused() => GivenCancelled()
        .When(PlaceBoots with { Total = 1m, At = Later(5) })
        .ThenRefused(OrderRefusal.AlreadyCancelled);

    [Fact]
    public void Place_ResentAfterShippingMovedThePromise_ChangesNothing() => GivenPlaced()
        .When(ShipBoots with { PromisedAt = Days(6) })
        .When(PlaceBoots)
        .ThenNothing()
        .ThenState(s => s.PromisedAt.ShouldBe(Days(6)));

    [Fact]
    public void Place_501Lines_IsRefused() => Given()
        .When(PlaceBoots with { Lines = [.. Enumerable.Repeat(Boots, 501)] })
        .ThenRefused(OrderRefusal.TooMany);

    [Fact]
    public void Place_LinesLeftOut_CountAsNone() => Given()
        .When(PlaceBoots with { Lines = default })
        .ThenState(s => s.Lines.ShouldBe(ImmutableArray<OrderLine>.Empty));

    [Fact]
    public void AnyCommand_BeforePlacing_IsRefused()
    {
        OrderCommand[] commands =
        [
            Pay("p1", PaymentState.Paid), ShipBoots, Scan("a", 1), new OrderCommand.ReportMissing(Noon), Refund("r1", 1m, Noon),
            new OrderCommand.NoteRefundPaid("r2", Noon), new OrderCommand.Cancel(null, Noon),
        ];
        foreach (var command in commands)
        {
            Given().When(command).ThenRefused(OrderRefusal.NotFound);
        }
    }

    [Fact]
    public void Replay_EventBeforePlacing_IsCorrupt() =>
        Should.Throw<CorruptHistoryException>(() => Given(new Cancelled(null, Noon)));
}
