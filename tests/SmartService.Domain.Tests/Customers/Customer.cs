using System.Collections.Immutable;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Popups;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Customers.CustomerDecider, SmartService.Domain.Customers.CustomerState,
    SmartService.Domain.Customers.CustomerCommand, SmartService.Domain.Customers.CustomerEvent,
    SmartService.Domain.Customers.CustomerRefusal>;

namespace SmartService.Domain.Tests.Customers;

/// <summary>Customers in telling states, and commands to them with the dull fields filled.</summary>
internal static class Customer
{
    public static readonly IntentId Delay = new("order.delay");
    public static readonly IntentId Size = new("product.size");
    public static readonly OrderId Late = new("A-1001");

    /// <summary>Nobody is held out, so that a test sees the rule it is about.</summary>
    public static readonly PopupPolicy Policy = PopupPolicy.Default with { HoldoutShare = 0 };

    public static Given Given(params CustomerEvent[] events) => Domain.Tests.Given<
        CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>.Events(events);

    public static Given GivenErased() => Given(new CustomerEvent.Erased(Noon));

    /// <summary>Ada looked at her orders, then at the delivery policy.</summary>
    public static Given GivenReader() => Given().When(Visits(Visit("v1", 0, PageType.Orders), Visit("v2", 10, PageType.Policy)));

    public static Given GivenShown() => GivenReader().When(Offer("p1"));

    public static PageVisit Visit(string id, int second, PageType page = PageType.Product, int dwell = 0, PageError error = PageError.None, string session = "s1") =>
        new(id, session, Later(second), page, "boots", dwell, Error: error);

    public static CustomerCommand Visits(params PageVisit[] visits) => new CustomerCommand.RecordVisits([.. visits], Noon);

    public static OrderSummary Summary(string id, long version = 1, int day = 0) => new(
        new(id), version, Days(day), 120m, "EUR", [], PaymentState.Paid, 0, null, null, false);

    public static CustomerCommand Note(string id, long version = 1, int day = 0) => new CustomerCommand.NoteOrder(Summary(id, version, day), Noon);

    public static HelpOffer Help(string id, IntentId? topic = null, string cause = "parcel_late", double probability = 0.9, string? product = null) => new(
        new(id), topic ?? Delay, Late, product, "Your parcel", "because your parcel is late", cause, "It comes on Friday.", [],
        [new("order", "A-1001", 3)], probability);

    public static CustomerCommand.OfferHelp Offer(string id, int second = 60, IntentId? topic = null, string session = "s1") => new(
        Help(id, topic), session, null, Typing: false, Policy, Shop, Ada, Later(second));

    public static CustomerCommand Report(string id, PopupOutcome outcome) => new CustomerCommand.ReportPopup(new(id), outcome, Later(70));

    public static ImmutableArray<IntentScore> Ranked(params string[] intents) =>
        [.. intents.Select((intent, i) => new IntentScore(new(intent), 0.5f / (i + 1)))];
}
