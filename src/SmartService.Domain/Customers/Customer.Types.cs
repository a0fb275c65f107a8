using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Customers;

public enum CustomerTier : byte
{
    Standard, Silver, Gold, Vip,
}

/// <summary>Commands to one customer. The customer id is the entity's key.</summary>
public abstract record CustomerCommand(DateTimeOffset At)
{
    /// <summary>What the shop knows of the person. Null leaves a field as it is.</summary>
    public sealed record Describe(string? Name, CustomerTier? Tier, string? Locale, bool Identified, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>Page visits in any order; known ids only raise their dwell time or set their error.</summary>
    public sealed record RecordVisits(ImmutableArray<PageVisit> Visits, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>The newest summary of one of the customer's orders; an older version changes nothing.</summary>
    public sealed record NoteOrder(OrderSummary Order, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>The forecast after a visit or an order event; written only when its top three or their order changed.</summary>
    public sealed record NoteForecast(ImmutableArray<IntentScore> Ranked, OrderId? Order, string? Product, string Model, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>Asks the popup contract whether this help may be shown now.</summary>
    /// <param name="Session">Session in which it would show.</param>
    /// <param name="AfterVisit">The visit that caused it; refused when the shopper has moved on.</param>
    /// <param name="Typing">The shopper is typing in the chat now.</param>
    /// <param name="Threshold">Probability from which the tenant's popups are right as often as it wants; never under its policy's least.</param>
    /// <param name="Chance">Drawn in [0, 1) by whoever sends the command: under the policy's share, a nearly likely offer is shown to learn.</param>
    public sealed record OfferHelp(
        HelpOffer Offer, string Session, string? AfterVisit, bool Typing, PopupPolicy Policy, TenantId Tenant, CustomerId Customer, DateTimeOffset At,
        double Threshold = 0, double Chance = 1) : CustomerCommand(At);

    /// <summary>What became of a popup. Outcomes only move forward: offered → seen → opened, dismissed or ignored → rated.</summary>
    public sealed record ReportPopup(PopupId Popup, PopupOutcome Outcome, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>The shopper picked a suggestion of the list. <paramref name="OperationId"/> makes a resent choice harmless.</summary>
    public sealed record ChooseSuggestion(string OperationId, IntentId Topic, int Rank, DateTimeOffset At) : CustomerCommand(At);

    public sealed record NoteConversation(ConversationId Conversation, bool Open, IntentId? Topic, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>An anonymous shopper signed in: this entity takes over what the anonymous one saw.</summary>
    public sealed record Adopt(CustomerId Anonymous, ImmutableArray<PageVisit> Visits, ImmutableArray<PopupRecord> Popups, DateTimeOffset At) : CustomerCommand(At);

    /// <summary>Forgets the person: name, visits, orders, predictions. Irreversible.</summary>
    public sealed record Erase(DateTimeOffset At) : CustomerCommand(At);
}

public abstract record CustomerEvent(DateTimeOffset At)
{
    public sealed record Described(string? Name, CustomerTier? Tier, string? Locale, bool Identified, DateTimeOffset At) : CustomerEvent(At);

    /// <summary>A new visit, or a known one with a longer dwell or an error.</summary>
    public sealed record Visited(PageVisit Visit, DateTimeOffset At) : CustomerEvent(At);

    public sealed record OrderNoted(OrderSummary Order, DateTimeOffset At) : CustomerEvent(At);

    public sealed record ForecastMade(ImmutableArray<IntentScore> Ranked, OrderId? Order, string? Product, string Model, DateTimeOffset At) : CustomerEvent(At);

    public sealed record PopupOffered(HelpOffer Offer, string Session, DateTimeOffset At) : CustomerEvent(At);

    /// <summary>The customer is in the holdout group: this would have been shown.</summary>
    public sealed record PopupWithheld(PopupId Popup, IntentId Topic, OrderId? Order, string Cause, double Probability, string Session, DateTimeOffset At, string? Product = null, double Exploration = 1) : CustomerEvent(At);

    public sealed record PopupReported(PopupId Popup, PopupOutcome Outcome, DateTimeOffset At) : CustomerEvent(At);

    public sealed record SuggestionChosen(string OperationId, IntentId Topic, int Rank, DateTimeOffset At) : CustomerEvent(At);

    public sealed record ConversationNoted(ConversationId Conversation, bool Open, IntentId? Topic, DateTimeOffset At) : CustomerEvent(At);

    public sealed record Adopted(CustomerId Anonymous, ImmutableArray<PageVisit> Visits, ImmutableArray<PopupRecord> Popups, DateTimeOffset At) : CustomerEvent(At);

    public sealed record Erased(DateTimeOffset At) : CustomerEvent(At);
}

/// <summary>Why a command to a customer is refused. For OfferHelp: the rule of the popup contract, most telling first.</summary>
public enum CustomerRefusal
{
    /// <summary>The person asked to be forgotten.</summary>
    Erased,

    /// <summary>The tenant has popups off.</summary>
    PopupsOff,

    /// <summary>The shopper is typing.</summary>
    Typing,

    /// <summary>The shopper is on the payment form.</summary>
    OnPaymentForm,

    /// <summary>The shopper has moved on to another page.</summary>
    MovedOn,

    /// <summary>The shopper closed a popup of this topic before.</summary>
    TopicClosed,

    /// <summary>The same help was shown before and its cause has not changed.</summary>
    AlreadyShown,

    /// <summary>A conversation about this topic is open.</summary>
    AlreadyTalking,

    /// <summary>Not likely enough for this tenant's policy.</summary>
    Unlikely,

    SessionBudgetSpent,
    DayBudgetSpent,

    /// <summary>Too soon after the last popup.</summary>
    Pausing,

    /// <summary>No such popup was shown to this customer.</summary>
    PopupNotFound,

    /// <summary>More visits in one batch than are taken (64).</summary>
    TooManyVisits,

    /// <summary>An order of the batch has no id or a visit no id or session.</summary>
    Incomplete,
}

/// <summary>One customer. Every collection is bounded.</summary>
/// <param name="Visits">Last 64 page visits, oldest first by time.</param>
/// <param name="Orders">Last 200 orders, oldest first by placing; older ones by reference, see <see cref="OlderOrderIds"/>.</param>
/// <param name="OlderOrders">How many orders are known beyond the last 200.</param>
/// <param name="Popups">Last 64 popups, shown or withheld, oldest first.</param>
/// <param name="ClosedTopics">Topics whose popup the shopper dismissed, newest last, at most 64.</param>
/// <param name="OpenConversations">At most 16, newest last.</param>
/// <param name="RecentTopics">Last 8 topics asked or chosen, newest last.</param>
/// <param name="Operations">Last 32 operation ids, so that resent commands change nothing.</param>
public sealed record CustomerState(
    string? Name,
    CustomerTier Tier,
    string? Locale,
    bool Identified,
    DateTimeOffset? FirstSeen,
    ImmutableArray<PageVisit> Visits,
    ImmutableArray<OrderSummary> Orders,
    int OlderOrders,
    ImmutableArray<ConversationId> OpenConversations,
    ImmutableArray<IntentId> RecentTopics,
    ImmutableArray<PopupRecord> Popups,
    ImmutableArray<IntentId> ClosedTopics,
    ImmutableArray<IntentScore> Forecast,
    OrderId? ForecastOrder,
    string? ForecastProduct,
    ImmutableArray<string> Operations,
    bool IsErased)
{
    public const int VisitRing = 64;
    public const int HotOrders = 200;
    public const int MaxOlderOrders = 2_000;
    public const int MaxPopups = 64;

    /// <summary>Orders beyond the last 200, in order of id, at most 2,000; what is older still is forgotten.</summary>
    public ImmutableArray<OrderId> OlderOrderIds { get; init; } = [];

    /// <summary>Topic of each of <see cref="OpenConversations"/>, at the same place; empty id when none is known yet.</summary>
    public ImmutableArray<IntentId> OpenTopics { get; init; } = [];

    public static CustomerState Unknown { get; } = new(
        null, CustomerTier.Standard, null, false, null, [], [], 0, [], [], [], [], [], null, null, [], false);
}
