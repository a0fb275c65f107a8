using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;

namespace SmartService.Engine.Queries;

/// <summary>Lists of tenants, customers and conversations. A read model.</summary>
public interface IDirectory
{
    ValueTask<Page<TenantRow>> TenantsAsync(string? cursor, int limit, CancellationToken ct);

    /// <summary>Newest seen first; <paramref name="text"/> matches id and name.</summary>
    ValueTask<Page<CustomerRow>> CustomersAsync(TenantId tenant, string? text, string? cursor, int limit, CancellationToken ct);

    /// <summary>Last active first.</summary>
    ValueTask<Page<ConversationRow>> ConversationsAsync(TenantId tenant, ConversationMode? mode, bool? open, CustomerId? customer, string? cursor, int limit, CancellationToken ct);

    /// <summary>What happened to and with one customer, newest first: visits, forecasts, popups, messages, orders, ratings.</summary>
    ValueTask<Page<TimelineEntry>> TimelineAsync(TenantId tenant, CustomerId customer, string? cursor, int limit, CancellationToken ct);

    /// <summary>Counts of a tenant since a time, and the popup funnel with its holdout group.</summary>
    ValueTask<TenantFigures> FiguresAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);
}

public sealed record TenantRow(TenantId Id, string Name, string Locale, DateTimeOffset CreatedAt);

public sealed record CustomerRow(CustomerId Id, string? Name, CustomerTier Tier, string? Locale, bool Identified, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Orders, int Conversations);

public sealed record ConversationRow(ConversationId Id, CustomerId Customer, string? CustomerName, string Locale, ConversationMode Mode, string? Agent, bool Open, int Messages, string? LastText, DateTimeOffset OpenedAt, DateTimeOffset LastAt, int? Score);

/// <param name="Kind">Stored event name.</param>
/// <param name="Entity">"customer", "conversation" or "order" and its id, for example "order/NP-20417".</param>
/// <param name="Text">One line a person can read, in English.</param>
/// <param name="Json">The event's fields.</param>
public sealed record TimelineEntry(long Position, DateTimeOffset At, string Kind, string Entity, string Text, string Json);

/// <param name="HandedOff">Questions the bot handed off, whether a person has answered since or not.</param>
/// <param name="AgentAnswered">Questions a person answered.</param>
/// <param name="BotResolved">Closed or rated conversations, or ones silent for a day, that no person had to take.</param>
public sealed record TenantFigures(
    long Conversations, long Questions, long Answered, long Clarified, long HandedOff, long BotResolved, double? MeanScore,
    long PopupsOffered, long PopupsSeen, long PopupsOpened, long PopupsDismissed, long PopupsIgnored, long PopupsHelpful, long PopupsWithheld,
    IReadOnlyList<IntentCount> TopIntents, long AgentAnswered = 0);

public sealed record IntentCount(IntentId Intent, long Questions, long Unanswered);
