using Shouldly;
using SmartService.Domain.Popups;
using Xunit;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Popups;

public sealed class HoldoutGroupTests
{
    [Fact]
    public void Draw_KnownCustomers_IsTheSameInEveryProcess()
    {
        // Worked out apart, in Python, from the description of the two functions.
        HoldoutGroup.Draw(Shop, Ada).ShouldBe(0.599472869973352, 1e-12);
        HoldoutGroup.Draw(new("cosmetics"), new("고객-1")).ShouldBe(0.028618360487662087, 1e-12);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.0001)]
    [InlineData(0.5)]
    public void Contains_ManyCustomers_HoldsTheShareWithinFiveSigma(double share)
    {
        const int Customers = 200_000;
        var held = Enumerable.Range(0, Customers).Count(i => HoldoutGroup.Contains(Shop, new($"customer-{i}"), share));
        var sigma = Math.Sqrt(Customers * share * (1 - share));
        ((double)held).ShouldBe(Customers * share, 5 * sigma);
    }

    [Fact]
    public void Contains_NoShare_HoldsNobody() =>
        Enumerable.Range(0, 1_000).Any(i => HoldoutGroup.Contains(Shop, new($"c{i}"), 0)).ShouldBeFalse();

    [Fact]
    public void Contains_LargerShare_KeepsThoseHeldBefore() =>
        Enumerable.Range(0, 1_000).Select(i => new CustomerId($"c{i}"))
            .Where(c => HoldoutGroup.Contains(Shop, c, 0.05))
            .ShouldAllBe(c => HoldoutGroup.Contains(Shop, c, 0.2));

    [Fact]
    public void Draw_SameCustomerOfAnotherShop_IsAnotherDraw() =>
        HoldoutGroup.Draw(new("one"), Ada).ShouldNotBe(HoldoutGroup.Draw(new("two"), Ada));
}
