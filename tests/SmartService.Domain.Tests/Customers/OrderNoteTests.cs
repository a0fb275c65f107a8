using Shouldly;
using SmartService.Domain.Customers;
using Xunit;
using static SmartService.Domain.Tests.Customers.Customer;

namespace SmartService.Domain.Tests.Customers;

public sealed class OrderNoteTests
{
    [Fact]
    public void NoteOrder_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(Note("A-1"));

    [Fact]
    public void NoteOrder_NewerVersion_ReplacesTheOlder() => Given()
        .When(Note("A-1"))
        .When(Note("A-1", version: 2))
        .ThenState(s => s.Orders.ShouldHaveSingleItem().Version.ShouldBe(2));

    [Fact]
    public void NoteOrder_OlderVersionArrivesLate_ChangesNothing() => Given()
        .When(Note("A-1", version: 2))
        .When(Note("A-1"))
        .ThenNothing();

    [Fact]
    public void NoteOrder_WithoutId_IsRefused() => Given().When(Note("")).ThenRefused(CustomerRefusal.Incomplete);

    [Fact]
    public void NoteOrder_AnyOrder_IsSortedByPlacing() => Given()
        .When(Note("A-2", day: 2))
        .When(Note("A-1", day: 1))
        .ThenState(s => s.Orders.Select(o => o.Id.Value).ShouldBe(["A-1", "A-2"]));

    [Fact]
    public void NoteOrder_The201st_KeepsTheOldestByReference()
    {
        var customer = GivenManyOrders(201);
        customer.State.Orders.Length.ShouldBe(200);
        customer.State.OlderOrders.ShouldBe(1);
        customer.State.OlderOrderIds.ShouldBe([new OrderId("A-0000")]);
        customer.When(Note("A-0000", version: 9)).ThenNothing();
    }

    [Fact]
    public void NoteOrder_OlderThanTheHotOnes_IsKeptByReferenceOnce()
    {
        var customer = GivenManyOrders(200);
        customer.ThenTwiceIsOnce(Note("ancient", day: -9));
        customer.State.OlderOrderIds.ShouldBe([new OrderId("ancient")]);
    }

    [Fact]
    public void NoteOrder_MoreThanAllThatIsKept_StaysBounded()
    {
        var customer = GivenManyOrders(2_500);
        customer.State.Orders.Length.ShouldBe(CustomerState.HotOrders);
        customer.State.OlderOrderIds.Length.ShouldBe(CustomerState.MaxOlderOrders);
        customer.State.OlderOrders.ShouldBe(CustomerState.MaxOlderOrders);
    }

    private static Given<CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal> GivenManyOrders(int count)
    {
        var customer = Given();
        for (var i = 0; i < count; i++)
        {
            customer.When(Note($"A-{i:0000}", day: i));
        }

        return customer;
    }
}
