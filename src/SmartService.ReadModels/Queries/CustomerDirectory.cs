using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Projections;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

#pragma warning disable CA1309 // Comparisons become SQL, which compares by code point; EF translates no StringComparison.

internal sealed class CustomerDirectory(IReadModelReader reader, IJournalReader journal, TimeProvider time) : IDirectory
{
    public async ValueTask<Page<TenantRow>> TenantsAsync(string? cursor, int limit, CancellationToken ct)
    {
        var (after, most) = (Cursor.Read(cursor), Cursor.Limit(limit));
        var rows = await reader.TenantsAsync(after?.Id, most + 1, ct);
        return PageOf(rows, most, row => new TenantRow(new(row.Id), row.Name, row.Locale, Time(row.CreatedAt)), row => Cursor.Of(0, row.Id));
    }

    public async ValueTask<Page<CustomerRow>> CustomersAsync(TenantId tenant, string? text, string? cursor, int limit, CancellationToken ct)
    {
        var (after, most) = (Cursor.Read(cursor), Cursor.Limit(limit));
        await using var context = await reader.OpenAsync(ct);
        var customers = context.Customers.Where(customer => customer.Tenant == tenant.Value && !customer.IsErased);
        if (!string.IsNullOrWhiteSpace(text))
        {
            customers = reader.Named(customers, text.Trim());
        }

        if (after is { } last)
        {
            customers = customers.Where(customer =>
                customer.LastSeen < last.Key || (customer.LastSeen == last.Key && string.Compare(customer.Id, last.Id) > 0));
        }

        var rows = await customers.OrderByDescending(customer => customer.LastSeen).ThenBy(customer => customer.Id).Take(most + 1).ToListAsync(ct);
        return PageOf(rows, most, Row, row => Cursor.Of(row.LastSeen, row.Id));
    }

    public async ValueTask<Page<ConversationRow>> ConversationsAsync(
        TenantId tenant, ConversationMode? mode, bool? open, CustomerId? customer, string? cursor, int limit, CancellationToken ct)
    {
        var (after, most) = (Cursor.Read(cursor), Cursor.Limit(limit));
        await using var context = await reader.OpenAsync(ct);
        var conversations = Conversations(context, tenant, mode, open, customer);
        if (after is { } last)
        {
            conversations = conversations.Where(row => row.LastAt < last.Key || (row.LastAt == last.Key && string.Compare(row.Id, last.Id) > 0));
        }

        var rows = await conversations.OrderByDescending(row => row.LastAt).ThenBy(row => row.Id).Take(most + 1)
            .Select(row => new NamedConversation(
                row, context.Customers.Where(person => person.Tenant == row.Tenant && person.Id == row.Customer).Select(person => person.Name).FirstOrDefault()))
            .ToListAsync(ct);
        return PageOf(rows, most, Row, row => Cursor.Of(row.Conversation.LastAt, row.Conversation.Id));
    }

    public async ValueTask<Page<TimelineEntry>> TimelineAsync(TenantId tenant, CustomerId customer, string? cursor, int limit, CancellationToken ct)
    {
        var (after, most) = (Cursor.Read(cursor), Cursor.Limit(limit));
        await using var context = await reader.OpenAsync(ct);
        var before = after is { } last ? (Position: last.Key, At: Moment(last.Id)) : (Position: long.MaxValue, At: long.MaxValue);
        var noted = await context.Timeline.Where(item => item.Tenant == tenant.Value && item.Customer == customer.Value && item.Position < before.Position)
            .OrderByDescending(item => item.Position).Take(most + 1).ToListAsync(ct);
        var said = await SaidInConversations.NewestAsync(context, journal, tenant, customer, before, most + 1, ct);
        var rows = noted.Concat(said.Select(Item)).DistinctBy(item => item.Position).OrderByDescending(item => item.Position).Take(most + 1).ToList();
        var words = await TimelineWords.ReadAsync(journal, rows.Take(most), ct);
        return PageOf(rows, most, row => Entry(row, words), row => Cursor.Of(row.Position, row.At.ToString(CultureInfo.InvariantCulture)));
    }

    public async ValueTask<TenantFigures> FiguresAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var context = await reader.OpenAsync(ct);
        return await Figures.CountAsync(reader, context, tenant.Value, from.UtcTicks, to.UtcTicks, time.GetUtcNow(), ct);
    }

    private static IQueryable<ConversationEntry> Conversations(
        ReadModelContext context, TenantId tenant, ConversationMode? mode, bool? open, CustomerId? customer)
    {
        var rows = context.Conversations.Where(row => row.Tenant == tenant.Value);
        if (mode is { } wanted)
        {
            rows = rows.Where(row => row.Mode == (int)wanted);
        }

        if (open is { } isOpen)
        {
            rows = rows.Where(row => row.IsOpen == isOpen);
        }

        return customer is { Value: var id } ? rows.Where(row => row.Customer == id) : rows;
    }

    private static TimelineItem Item(JournalledEvent e) => new()
    {
        Position = e.Position,
        At = e.At.UtcTicks,
        Kind = e.Kind,
        Entity = TimelineItem.EntityOf(e),
        Text = TimelineText.Of(e.Event),
        Json = TimelineJson.TextOf(e.Event),
    };

    /// <summary>Of a timeline's cursor; those of earlier versions have none.</summary>
    private static long Moment(string id) => long.TryParse(id, CultureInfo.InvariantCulture, out var at) ? at : long.MaxValue;

    private static TimelineEntry Entry(TimelineItem row, TimelineWords words)
    {
        var (text, json) = words.Of(row);
        return new(row.Position, Time(row.At), row.Kind, row.Entity, text, json);
    }

    private static CustomerRow Row(CustomerEntry row) => new(
        new(row.Id), row.Name, (CustomerTier)row.Tier, row.Locale, row.Identified, Time(row.FirstSeen), Time(row.LastSeen), row.Orders, row.Conversations);

    private static ConversationRow Row(NamedConversation named)
    {
        var row = named.Conversation;
        return new(
            new(row.Id), new(row.Customer), named.Name, row.Locale, (ConversationMode)row.Mode, row.Agent, row.IsOpen, row.Messages, row.LastText,
            Time(row.OpenedAt), Time(row.LastAt), row.Score);
    }

    private static Page<TItem> PageOf<TRow, TItem>(List<TRow> rows, int most, Func<TRow, TItem> item, Func<TRow, string> cursor) =>
        new([.. rows.Take(most).Select(item)], rows.Count > most ? cursor(rows[most - 1]) : null);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private sealed record NamedConversation(ConversationEntry Conversation, string? Name);
}
