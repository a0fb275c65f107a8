using Microsoft.EntityFrameworkCore;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

#pragma warning disable CA1309 // Comparisons become SQL, which compares by code point; EF translates no StringComparison.

internal sealed class Insights(IReadModelReader reader, TimeProvider time) : IInsights
{
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    public async ValueTask<IReadOnlyList<QuarterFigures>> SeriesAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var context = await reader.OpenAsync(ct);
        return await QuarterSeries.ReadAsync(reader, context, tenant.Value, from.UtcTicks, to.UtcTicks, (time.GetUtcNow() - Silence).UtcTicks, ct);
    }

    public async ValueTask<ResponseFigures> ResponsesAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var (id, start, end) = (tenant.Value, from.UtcTicks, to.UtcTicks);
        await using var context = await reader.OpenAsync(ct);
        var bot = reader.AskedWithin(context, context.Questions.Where(q => q.Tenant == id && q.AnsweredAt != null), start, end)
            .Select(q => q.AnsweredAt!.Value - q.At);
        var handedOff = context.Conversations.Where(c => c.Tenant == id && c.HandedOffAt >= start && c.HandedOffAt < end);
        var person = handedOff.Where(c => c.PersonAt != null).Select(c => c.PersonAt!.Value - c.HandedOffAt!.Value);
        var waiting = await handedOff.LongCountAsync(c => c.PersonAt == null && c.IsOpen && c.Mode == (int)ConversationMode.Human, ct);
        var (botCount, personCount) = (await bot.LongCountAsync(ct), await person.LongCountAsync(ct));
        return new(
            botCount, await AtAsync(bot, botCount, 0.5, ct), await AtAsync(bot, botCount, 0.9, ct),
            personCount, await AtAsync(person, personCount, 0.5, ct), await AtAsync(person, personCount, 0.9, ct), waiting);
    }

    public async ValueTask<IReadOnlyList<ForesightFigures>> ForesightAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var (id, start, end) = (tenant.Value, from.UtcTicks, to.UtcTicks);
        await using var context = await reader.OpenAsync(ct);
        var rows = await reader.AskedWithin(context, context.Questions.Where(q => q.Tenant == id), start, end)
            .GroupBy(q => q.Intent)
            .Select(same => new
            {
                Intent = same.Key,
                Questions = same.LongCount(),
                Forecast = same.LongCount(q => q.Foreseen != null),
                Hit1 = same.LongCount(q => q.Foreseen == 1),
                Hit3 = same.LongCount(q => q.Foreseen > 0),
            })
            .OrderByDescending(row => row.Questions).ThenBy(row => row.Intent)
            .ToListAsync(ct);
        return [.. rows.Select(row => new ForesightFigures(new(row.Intent), row.Questions, row.Forecast, row.Hit1, row.Hit3))];
    }

    public async ValueTask<IReadOnlyList<IntentCount>> IntentsAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var (id, start, end) = (tenant.Value, from.UtcTicks, to.UtcTicks);
        await using var context = await reader.OpenAsync(ct);
        var rows = await reader.AskedWithin(context, context.Questions.Where(q => q.Tenant == id), start, end)
            .GroupBy(q => q.Intent)
            .Select(same => new { Intent = same.Key, Count = same.LongCount(), Unanswered = same.LongCount(q => q.IsUnanswered) })
            .OrderByDescending(row => row.Count).ThenBy(row => row.Intent)
            .ToListAsync(ct);
        return [.. rows.Select(row => new IntentCount(new(row.Intent), row.Count, row.Unanswered))];
    }

    public async ValueTask<Page<DeskRow>> ConversationsAsync(TenantId tenant, DeskFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var (after, most) = (Cursor.Read(cursor), Cursor.Limit(limit));
        await using var context = await reader.OpenAsync(ct);
        var conversations = DeskFiltering.Apply(context, tenant.Value, filter, (time.GetUtcNow() - Silence).UtcTicks);
        if (after is { } last)
        {
            conversations = conversations.Where(row => row.LastAt < last.Key || (row.LastAt == last.Key && string.Compare(row.Id, last.Id) > 0));
        }

        var rows = await conversations.OrderByDescending(row => row.LastAt).ThenBy(row => row.Id).Take(most + 1)
            .Select(row => new
            {
                Row = row,
                Name = context.Customers.Where(person => person.Tenant == row.Tenant && person.Id == row.Customer).Select(person => person.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return new(
            [.. rows.Take(most).Select(r => new DeskRow(ToRow(r.Row, r.Name), r.Row.Assignee))],
            rows.Count > most ? Cursor.Of(rows[most - 1].Row.LastAt, rows[most - 1].Row.Id) : null);
    }

    public async ValueTask<(IReadOnlyList<LiveRow> Shoppers, long Total)> LiveAsync(TenantId tenant, DateTimeOffset since, int limit, CancellationToken ct)
    {
        var (id, start) = (tenant.Value, since.UtcTicks);
        await using var context = await reader.OpenAsync(ct);
        var seen = context.Customers.Where(person => person.Tenant == id && person.LastSeen >= start && !person.IsErased);
        var total = await seen.LongCountAsync(ct);
        var rows = await seen.OrderByDescending(person => person.LastSeen).ThenBy(person => person.Id).Take(limit).ToListAsync(ct);

        // Asked for by customer, not joined: "the newest of each" would number all conversations of the store first.
        var present = rows.Select(person => person.Id).ToArray();
        var open = await context.Conversations.Where(c => c.Tenant == id && present.Contains(c.Customer) && c.IsOpen).ToListAsync(ct);
        var newest = open.GroupBy(c => c.Customer, StringComparer.Ordinal).ToDictionary(own => own.Key, own => own.MaxBy(c => c.LastAt)!, StringComparer.Ordinal);
        return ([.. rows.Select(person => Live(person, newest.GetValueOrDefault(person.Id)))], total);
    }

    public async ValueTask<IReadOnlyList<double>> LikeliestAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken ct)
    {
        await using var context = await reader.OpenAsync(ct);
        return await reader.Likeliest(context, tenant.Value, from.UtcTicks, to.UtcTicks, Math.Clamp(most, 1, 50_000)).ToListAsync(ct);
    }

    public async ValueTask<FirstSigns> FirstSignsAsync(TenantId tenant, CancellationToken ct)
    {
        var id = tenant.Value;
        await using var context = await reader.OpenAsync(ct);
        var visit = await context.Timeline.Where(t => t.Tenant == id && t.Kind == "customer-visited").OrderBy(t => t.Position).Select(t => (long?)t.At).FirstOrDefaultAsync(ct);
        var orders = await context.Customers.Where(c => c.Tenant == id).SumAsync(c => (long?)c.Orders, ct) ?? 0;
        var question = await context.Questions.Where(q => q.Tenant == id).OrderBy(q => q.Position).Select(q => (long?)q.At).FirstOrDefaultAsync(ct);
        return new(visit is { } v ? Time(v) : null, orders, question is { } q ? Time(q) : null);
    }

    public async ValueTask<IReadOnlyList<ConversationId>> SilentSinceAsync(TenantId tenant, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var (id, end) = (tenant.Value, before.UtcTicks);
        await using var context = await reader.OpenAsync(ct);
        var ids = await context.Conversations.Where(c => c.Tenant == id && c.LastAt < end).OrderBy(c => c.LastAt).Take(limit).Select(c => c.Id).ToListAsync(ct);
        return [.. ids.Select(c => new ConversationId(c))];
    }

    private static LiveRow Live(CustomerEntry person, ConversationEntry? chat) => new(
        new(person.Id), person.Name, (CustomerTier)person.Tier, person.Identified, Time(person.LastSeen),
        chat is null ? null : new ConversationId(chat.Id), (ConversationMode)(chat?.Mode ?? 0), chat?.Agent, chat?.Assignee, chat?.LastText, chat?.Messages ?? 0);

    /// <summary>The value below which that share lies (nearest rank).</summary>
    private static async Task<TimeSpan?> AtAsync(IQueryable<long> values, long count, double share, CancellationToken ct)
    {
        if (count == 0)
        {
            return null;
        }

        var rank = (int)Math.Clamp(Math.Ceiling(count * share) - 1, 0, int.MaxValue);
        return TimeSpan.FromTicks(await values.OrderBy(v => v).Skip(rank).FirstAsync(ct));
    }

    private static ConversationRow ToRow(ConversationEntry row, string? name) => new(
        new(row.Id), new(row.Customer), name, row.Locale, (ConversationMode)row.Mode, row.Agent, row.IsOpen, row.Messages, row.LastText,
        Time(row.OpenedAt), Time(row.LastAt), row.Score);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
#pragma warning restore CA1309
