using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;

namespace SmartService.Engine.Queries;

/// <summary>Figures over time, and the lists behind them. A read model.</summary>
public interface IInsights
{
    /// <summary>A forecast counts for a question asked within this time after it.</summary>
    static readonly TimeSpan ForecastLife = TimeSpan.FromMinutes(30);

    /// <summary>Counts per quarter of an hour, those with none left out: every zone's hours and days begin at one.</summary>
    ValueTask<IReadOnlyList<QuarterFigures>> SeriesAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    ValueTask<ResponseFigures> ResponsesAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    /// <summary>By intent, most asked first.</summary>
    ValueTask<IReadOnlyList<ForesightFigures>> ForesightAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    /// <summary>By intent, most asked first.</summary>
    ValueTask<IReadOnlyList<IntentCount>> IntentsAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    /// <summary>Last active first.</summary>
    /// <exception cref="ArgumentException">The cursor was not made by this list.</exception>
    ValueTask<Page<DeskRow>> ConversationsAsync(TenantId tenant, DeskFilter filter, string? cursor, int limit, CancellationToken ct);

    /// <summary>Customers seen since, last seen first, each with its newest open conversation; and how many there are in all.</summary>
    ValueTask<(IReadOnlyList<LiveRow> Shoppers, long Total)> LiveAsync(TenantId tenant, DateTimeOffset since, int limit, CancellationToken ct);

    /// <summary>Probabilities of the likeliest question of each forecast, newest first.</summary>
    /// <param name="most">1 to 50,000.</param>
    ValueTask<IReadOnlyList<double>> LikeliestAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken ct);

    /// <summary>When the first visit, order and question of a store were seen; null where none was.</summary>
    ValueTask<FirstSigns> FirstSignsAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Conversations of a store silent since before, oldest first.</summary>
    ValueTask<IReadOnlyList<ConversationId>> SilentSinceAsync(TenantId tenant, DateTimeOffset before, int limit, CancellationToken ct);
}

/// <param name="At">Begin of the quarter of an hour.</param>
/// <param name="BotResolved">Closed, rated or silent for a day, and no person had to take it.</param>
public sealed record QuarterFigures(
    DateTimeOffset At, long Conversations, long BotResolved, long HandedOffConversations, long Scores, long ScoreSum,
    long Questions, long Answered, long Clarified, long HandedOff, long AgentAnswered, long Unanswered,
    long Offered, long Seen, long Opened, long Dismissed, long Ignored, long Helpful, long Withheld);

/// <param name="Waiting">Handed off, open, and no person has answered yet.</param>
public sealed record ResponseFigures(
    long BotCount, TimeSpan? BotHalf, TimeSpan? BotMost, long PersonCount, TimeSpan? PersonHalf, TimeSpan? PersonMost, long Waiting);

/// <param name="Forecast">Questions with a forecast before them.</param>
/// <param name="Hit1">It had the intent first.</param>
/// <param name="Hit3">Among the first three.</param>
public sealed record ForesightFigures(IntentId Intent, long Questions, long Forecast, long Hit1, long Hit3);

/// <summary>Null fields do not filter.</summary>
/// <param name="Assignee">A member's id; "" for nobody's.</param>
/// <param name="From">Opened at or after.</param>
/// <param name="Resolved">By the bot.</param>
/// <param name="Waiting">Handed off, and no person has answered yet.</param>
/// <param name="CallBack">A question was left at a peak to be answered later, and no person has answered it yet.</param>
/// <param name="Popup">offered, seen, opened, dismissed, ignored, helpful or withheld: the customer had such a popup in the span.</param>
public sealed record DeskFilter(
    ConversationMode? Mode = null, bool? Open = null, CustomerId? Customer = null, string? Assignee = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    bool? HandedOff = null, bool? Resolved = null, int? Score = null, bool? Waiting = null, string? Popup = null, bool? CallBack = null);

public sealed record DeskRow(ConversationRow Row, string? Assignee);

public sealed record LiveRow(
    CustomerId Customer, string? Name, CustomerTier Tier, bool Identified, DateTimeOffset LastSeen, ConversationId? Conversation, ConversationMode Mode,
    string? Agent, string? Assignee, string? LastText, int Messages);

public sealed record FirstSigns(DateTimeOffset? Visit, long Orders, DateTimeOffset? Question);
