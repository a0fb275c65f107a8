using Microsoft.EntityFrameworkCore;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Queries;

/// <summary>Counts per quarter of an hour.</summary>
internal static class QuarterSeries
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    public static async Task<IReadOnlyList<QuarterFigures>> ReadAsync(
        IReadModelReader reader, ReadModelContext context, string tenant, long from, long to, long silentSince, CancellationToken ct)
    {
        var chats = await context.Conversations
            .Where(row => row.Tenant == tenant && row.OpenedAt >= from && row.OpenedAt < to)
            .GroupBy(row => row.OpenedAt / Quarter)
            .Select(same => new Chats
            {
                Quarter = same.Key,
                Conversations = same.LongCount(),
                HandedOff = same.LongCount(row => row.WasHandedOff),
                Scores = same.LongCount(row => row.Score != null),
                ScoreSum = same.Sum(row => (long?)row.Score) ?? 0,
            })
            .ToDictionaryAsync(row => row.Quarter, ct);
        var undecided = await Undecided.Among(context, tenant, from, to, silentSince)
            .GroupBy(row => row.OpenedAt / Quarter)
            .Select(same => new { Quarter = same.Key, Count = same.LongCount() })
            .ToDictionaryAsync(row => row.Quarter, row => row.Count, ct);
        var questions = await reader.AskedWithin(context, context.Questions.Where(row => row.Tenant == tenant), from, to)
            .GroupBy(row => row.At / Quarter)
            .Select(same => new Questions
            {
                Quarter = same.Key,
                Asked = same.LongCount(),
                Answered = same.LongCount(row => row.Outcome == (int)QuestionOutcome.Answered),
                Clarified = same.LongCount(row => row.Outcome == (int)QuestionOutcome.Clarified),
                HandedOff = same.LongCount(row => row.Reason != null),
                AgentAnswered = same.LongCount(row => row.Outcome == (int)QuestionOutcome.AgentAnswered),
                Unanswered = same.LongCount(row => row.IsUnanswered),
            })
            .ToDictionaryAsync(row => row.Quarter, ct);
        var popups = await context.Popups
            .Where(row => row.Tenant == tenant && row.At >= from && row.At < to)
            .GroupBy(row => row.At / Quarter)
            .Select(same => new Popups
            {
                Quarter = same.Key,
                Offered = same.LongCount(row => !row.IsWithheld),
                Seen = same.LongCount(row => row.IsSeen),
                Opened = same.LongCount(row => row.IsOpened),
                Dismissed = same.LongCount(row => row.IsDismissed),
                Ignored = same.LongCount(row => row.IsIgnored),
                Helpful = same.LongCount(row => row.IsHelpful),
                Withheld = same.LongCount(row => row.IsWithheld),
            })
            .ToDictionaryAsync(row => row.Quarter, ct);
        return [.. chats.Keys.Concat(questions.Keys).Concat(popups.Keys).Distinct().Order()
            .Select(q => Join(q, chats.GetValueOrDefault(q) ?? new(), undecided.GetValueOrDefault(q), questions.GetValueOrDefault(q) ?? new(), popups.GetValueOrDefault(q) ?? new()))];
    }

    private static QuarterFigures Join(long quarter, Chats c, long undecided, Questions q, Popups p) => new(
        new(quarter * Quarter, TimeSpan.Zero), c.Conversations, Math.Max(0, c.Conversations - c.HandedOff - undecided), c.HandedOff, c.Scores, c.ScoreSum,
        q.Asked, q.Answered, q.Clarified, q.HandedOff, q.AgentAnswered, q.Unanswered,
        p.Offered, p.Seen, p.Opened, p.Dismissed, p.Ignored, p.Helpful, p.Withheld);

    private sealed class Chats
    {
        public long Quarter { get; init; }

        public long Conversations { get; init; }

        public long HandedOff { get; init; }

        public long Scores { get; init; }

        public long ScoreSum { get; init; }
    }

    private sealed class Questions
    {
        public long Quarter { get; init; }

        public long Asked { get; init; }

        public long Answered { get; init; }

        public long Clarified { get; init; }

        public long HandedOff { get; init; }

        public long AgentAnswered { get; init; }

        public long Unanswered { get; init; }
    }

    private sealed class Popups
    {
        public long Quarter { get; init; }

        public long Offered { get; init; }

        public long Seen { get; init; }

        public long Opened { get; init; }

        public long Dismissed { get; init; }

        public long Ignored { get; init; }

        public long Helpful { get; init; }

        public long Withheld { get; init; }
    }
}
