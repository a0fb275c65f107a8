using Microsoft.EntityFrameworkCore;
using SmartService.Domain;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Queries;

/// <summary>Counts of a tenant over a span of time.</summary>
internal static class Figures
{
    private const int MostIntents = 20;
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    public static async Task<TenantFigures> CountAsync(IReadModelReader reader, ReadModelContext context, string tenant, long from, long to, DateTimeOffset now, CancellationToken ct)
    {
        var chats = await context.Conversations
            .Where(row => row.Tenant == tenant && row.OpenedAt >= from && row.OpenedAt < to)
            .GroupBy(_ => 1)
            .Select(all => new
            {
                Count = all.LongCount(),
                HandedOff = all.LongCount(row => row.WasHandedOff),
                Score = all.Average(row => (double?)row.Score),
            })
            .FirstOrDefaultAsync(ct);
        var undecided = await Undecided.Among(context, tenant, from, to, (now - Silence).UtcTicks).LongCountAsync(ct);
        var asked = reader.AskedWithin(context, context.Questions.Where(row => row.Tenant == tenant), from, to);
        var outcomes = await asked
            .GroupBy(row => row.Outcome)
            .Select(same => new { Outcome = same.Key, Count = same.LongCount(), HandedOff = same.LongCount(row => row.Reason != null) })
            .ToDictionaryAsync(row => (QuestionOutcome)row.Outcome, ct);
        long Of(QuestionOutcome outcome) => outcomes.GetValueOrDefault(outcome)?.Count ?? 0;
        var intents = await asked
            .GroupBy(row => row.Intent)
            .Select(same => new { Intent = same.Key, Count = same.LongCount(), Unanswered = same.LongCount(row => row.IsUnanswered) })
            .OrderByDescending(row => row.Count).ThenBy(row => row.Intent).Take(MostIntents)
            .ToListAsync(ct);
        var popups = await context.Popups
            .Where(row => row.Tenant == tenant && row.At >= from && row.At < to)
            .GroupBy(_ => 1)
            .Select(all => new
            {
                Offered = all.LongCount(row => !row.IsWithheld),
                Seen = all.LongCount(row => row.IsSeen),
                Opened = all.LongCount(row => row.IsOpened),
                Dismissed = all.LongCount(row => row.IsDismissed),
                Ignored = all.LongCount(row => row.IsIgnored),
                Helpful = all.LongCount(row => row.IsHelpful),
                Withheld = all.LongCount(row => row.IsWithheld),
            })
            .FirstOrDefaultAsync(ct);
        return new(
            chats?.Count ?? 0, outcomes.Values.Sum(row => row.Count), Of(QuestionOutcome.Answered), Of(QuestionOutcome.Clarified),
            outcomes.Values.Sum(row => row.HandedOff), Math.Max(0, (chats?.Count ?? 0) - (chats?.HandedOff ?? 0) - undecided), chats?.Score,
            popups?.Offered ?? 0, popups?.Seen ?? 0, popups?.Opened ?? 0, popups?.Dismissed ?? 0, popups?.Ignored ?? 0, popups?.Helpful ?? 0,
            popups?.Withheld ?? 0, [.. intents.Select(row => new IntentCount(new IntentId(row.Intent), row.Count, row.Unanswered))],
            Of(QuestionOutcome.AgentAnswered));
    }
}
