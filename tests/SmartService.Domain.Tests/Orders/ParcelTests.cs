using Shouldly;
using SmartService.Domain.Orders;
using Xunit;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Orders.Order;

namespace SmartService.Domain.Tests.Orders;

public sealed class ParcelTests
{
    [Fact]
    public void Ship_Twice_ChangesNothing() => GivenPlaced().ThenTwiceIsOnce(ShipBoots with { Eta = Days(2), PromisedAt = Days(4) });

    [Fact]
    public void Ship_OfACancelledOrder_IsRefused() => GivenCancelled().When(ShipBoots).ThenRefused(OrderRefusal.AlreadyCancelled);

    [Fact]
    public void Ship_WithoutPromise_KeepsTheOnePlaced() => GivenShipped().ThenState(s => s.PromisedAt.ShouldBe(Days(3)));

    [Fact]
    public void Ship_ResentAfterAScanMovedTheEta_ChangesNothing() => GivenPlaced()
        .When(ShipBoots with { Eta = Days(2) })
        .When(Scan("a", 2, eta: Days(5)))
        .When(ShipBoots with { Eta = Days(2) })
        .ThenNothing()
        .ThenState(s => s.Eta.ShouldBe(Days(5)));

    [Fact]
    public void NoteCheckpoints_Twice_ChangesNothing() => GivenShipped().ThenTwiceIsOnce(Scan("a", 1));

    [Fact]
    public void NoteCheckpoints_SameIdTwiceInOneReport_IsOne() => GivenShipped()
        .When(new OrderCommand.NoteCheckpoints([At("a", 1), At("a", 1)], Days(1)))
        .Then(new OrderEvent.CheckpointNoted(At("a", 1), Days(1)));

    [Fact]
    public void NoteCheckpoints_NewestFirst_AreSortedByTime() => GivenShipped()
        .When(new OrderCommand.NoteCheckpoints([At("c", 3), At("a", 1), At("b", 2)], Days(3)))
        .ThenState(s => s.Checkpoints.Select(c => c.Id).ShouldBe(["a", "b", "c"]));

    [Fact]
    public void NoteCheckpoints_OlderOneArrivesLate_KeepsTheNewestEta() => GivenShipped()
        .When(Scan("b", 2, eta: Days(7)))
        .When(Scan("a", 1, eta: Days(4)))
        .ThenState(s => s.Eta.ShouldBe(Days(7)));

    [Fact]
    public void NoteCheckpoints_NewestWithoutEta_KeepsTheLastOneGiven() => GivenShipped()
        .When(Scan("a", 1, eta: Days(4)))
        .When(Scan("b", 2))
        .ThenState(s => s.Eta.ShouldBe(Days(4)));

    [Fact]
    public void NoteCheckpoints_Over1000_IsRefused()
    {
        var order = GivenShipped();
        order.When(new OrderCommand.NoteCheckpoints([.. Enumerable.Range(0, 1_000).Select(i => At($"c{i}", 1))], Noon));
        order.State.Checkpoints.Length.ShouldBe(1_000);
        order.When(Scan("one more", 2)).ThenRefused(OrderRefusal.TooMany);
    }

    [Fact]
    public void NoteCheckpoints_None_ChangesNothing() =>
        GivenShipped().When(new OrderCommand.NoteCheckpoints(default, Noon)).ThenNothing();

    [Fact]
    public void ReportMissing_NotDelivered_IsRefused() => GivenShipped()
        .When(new OrderCommand.ReportMissing(Days(2)))
        .ThenRefused(OrderRefusal.NotDelivered);

    [Fact]
    public void ReportMissing_Twice_ChangesNothing() => GivenDelivered().ThenTwiceIsOnce(new OrderCommand.ReportMissing(Days(3)));

    [Fact]
    public void ReportMissing_OfACancelledOrder_IsRefused() => GivenCancelled()
        .When(new OrderCommand.ReportMissing(Days(2)))
        .ThenRefused(OrderRefusal.AlreadyCancelled);

    [Fact]
    public void Cancel_Twice_ChangesNothing() => GivenPlaced().ThenTwiceIsOnce(new OrderCommand.Cancel("changed my mind", Noon));
}
