using Shouldly;
using SmartService.Domain.Customers;
using Xunit;
using static SmartService.Domain.Customers.CustomerCommand;
using static SmartService.Domain.Tests.Customers.Customer;
using static SmartService.Domain.Tests.Known;

namespace SmartService.Domain.Tests.Customers;

public sealed class ForecastTests
{
    private static readonly NoteForecast Forecast = new(Ranked("a", "b", "c", "d"), Late, "boots", "m1", Noon);

    [Fact]
    public void NoteForecast_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(Forecast);

    [Fact]
    public void NoteForecast_OnlyTheFourthChanged_ChangesNothing() => Given()
        .When(Forecast)
        .When(Forecast with { Ranked = Ranked("a", "b", "c", "x") })
        .ThenNothing();

    [Fact]
    public void NoteForecast_FirstTwoSwapped_IsWritten() => Given()
        .When(Forecast)
        .When(Forecast with { Ranked = Ranked("b", "a", "c", "d") })
        .ThenState(s => s.Forecast[0].Intent.Value.ShouldBe("b"));

    [Fact]
    public void NoteForecast_OtherOrderOrProduct_IsWritten()
    {
        Given().When(Forecast).When(Forecast with { Order = new("A-2") }).ThenState(s => s.ForecastOrder.ShouldBe(new OrderId("A-2")));
        Given().When(Forecast).When(Forecast with { Product = "socks" }).ThenState(s => s.ForecastProduct.ShouldBe("socks"));
    }

    [Fact]
    public void NoteForecast_NothingLikely_ChangesNothingForANewCustomer() =>
        Given().When(new NoteForecast([], null, null, "m1", Noon)).ThenNothing();

    [Fact]
    public void NoteForecast_48Intents_KeepsTen() => Given()
        .When(Forecast with { Ranked = [.. Intents.Shipped.Select(i => new IntentScore(i, 0.01f))] })
        .ThenState(s => s.Forecast.Length.ShouldBe(10));

    [Fact]
    public void ChooseSuggestion_Twice_ChangesNothing() => Given().ThenTwiceIsOnce(new ChooseSuggestion("o1", Delay, 1, Noon));

    [Fact]
    public void ChooseSuggestion_Many_KeepsTheLastEightTopicsAnd32Operations()
    {
        var customer = Given();
        for (var i = 0; i < 50; i++)
        {
            customer.When(new ChooseSuggestion($"o{i}", new($"topic.{i}"), 1, Noon));
        }

        customer.State.RecentTopics.Select(t => t.Value).ShouldBe(Enumerable.Range(42, 8).Select(i => $"topic.{i}"));
        customer.State.Operations.Length.ShouldBe(32);
    }

    [Fact]
    public void ChooseSuggestion_SameTopicAgain_StandsOnceAndLast() => Given()
        .When(new ChooseSuggestion("o1", Delay, 1, Noon))
        .When(new ChooseSuggestion("o2", Size, 1, Noon))
        .When(new ChooseSuggestion("o3", Delay, 1, Noon))
        .ThenState(s => s.RecentTopics.ShouldBe([Size, Delay]));

    [Fact]
    public void NoteConversation_OpenedTwice_ChangesNothing() =>
        Given().ThenTwiceIsOnce(new NoteConversation(new("c1"), true, Delay, Noon));

    [Fact]
    public void NoteConversation_ClosedTwice_ChangesNothing() => Given()
        .When(new NoteConversation(new("c1"), true, Delay, Noon))
        .ThenTwiceIsOnce(new NoteConversation(new("c1"), false, null, Noon))
        .ThenState(s => s.OpenConversations.ShouldBeEmpty())
        .ThenState(s => s.OpenTopics.ShouldBeEmpty());

    [Fact]
    public void NoteConversation_Many_KeepsSixteenAndTheirTopics()
    {
        var customer = Given();
        for (var i = 0; i < 40; i++)
        {
            customer.When(new NoteConversation(new($"c{i}"), true, new IntentId($"topic.{i}"), Noon));
        }

        customer.State.OpenConversations.Select(c => c.Value).ShouldBe(Enumerable.Range(24, 16).Select(i => $"c{i}"));
        customer.State.OpenTopics.Select(t => t.Value).ShouldBe(Enumerable.Range(24, 16).Select(i => $"topic.{i}"));
    }
}
