using System.Collections.Immutable;

namespace SmartService.Domain.Popups;

/// <summary>A button under an answer. <paramref name="Url"/> is a path of the shop ("/orders") or null for "continue in chat".</summary>
public sealed record AnswerAction(string Label, string? Url);

/// <summary>Where an answer comes from.</summary>
/// <param name="Kind">"rule", "qna" or "order".</param>
/// <param name="Id">Rule name, item id or order number.</param>
/// <param name="Version">Item version or order version; 0 for rules.</param>
/// <param name="Title">What a person reads: the item's question, or the order number.</param>
public sealed record AnswerSource(string Kind, string Id, long Version, string? Title = null);

/// <summary>What became of a popup.</summary>
public enum PopupOutcome
{
    Offered, Seen, Opened, Dismissed, Ignored, Helpful, NotHelpful,
}

/// <summary>When popups may show. Part of a tenant's policy.</summary>
/// <param name="Enabled">Off silences all popups; suggestions stay.</param>
/// <param name="PerSession">Most popups in one browser session; 0 to 20.</param>
/// <param name="PerDay">Most popups in 24 hours; 0 to 50.</param>
/// <param name="Pause">Least time between two; 0 s to 24 h.</param>
/// <param name="HoldoutShare">Share of customers that never see popups, in [0, 0.5]; stable per customer.</param>
/// <param name="MinProbability">Least probability of the predicted question, in [0, 1].</param>
/// <param name="Precision">Share of popups that shall be right, in [0.3, 0.99]: the probability from which they show follows from it.</param>
/// <param name="ExploreShare">Share of the nearly likely offers that are shown all the same, to learn whether they are right; in [0, 0.2].</param>
public sealed record PopupPolicy(
    bool Enabled, int PerSession, int PerDay, TimeSpan Pause, double HoldoutShare, double MinProbability, double Precision = 0.9,
    double ExploreShare = 0.05)
{
    public static PopupPolicy Default { get; } = new(true, 2, 4, TimeSpan.FromSeconds(60), 0.05, 0.35);
}

/// <summary>Help that could be offered now: a topic, why, and the answer.</summary>
/// <param name="Topic">The predicted intent; closed topics stay closed.</param>
/// <param name="Why">The reason a shopper reads: "because your parcel … is late".</param>
/// <param name="Cause">Stable code of the reason.</param>
/// <param name="Probability">How likely the question is, in [0, 1].</param>
/// <param name="Exploration">1 when shown for its probability; less when shown to learn (its propensity).</param>
public sealed record HelpOffer(
    PopupId Id,
    IntentId Topic,
    OrderId? Order,
    string? Product,
    string Title,
    string Why,
    string Cause,
    string Answer,
    ImmutableArray<AnswerAction> Actions,
    ImmutableArray<AnswerSource> Sources,
    double Probability,
    double Exploration = 1.0);

/// <summary>A popup as the customer entity remembers it.</summary>
/// <param name="Withheld">Kept from a customer of the holdout group; it was never on a screen.</param>
public sealed record PopupRecord(
    PopupId Id, IntentId Topic, OrderId? Order, string Session, DateTimeOffset At, PopupOutcome Outcome, bool Withheld,
    string? Product = null, string? Cause = null);
