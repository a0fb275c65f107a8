using Microsoft.EntityFrameworkCore;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Queries;

/// <summary>Counts per quarter of an hour.</summary>
internal static class QuarterSeries
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    public static async Task<IReadOnlyList<QuarterFigures>> ReadAsync(
        ReadModelContext context, string tenant, long from, long to, long silentSince, CancellationToken ct)
    {
        var chats = await context.Database.SqlQuery<Chats>(
            $"""
             SELECT opened_at / {Quarter} AS Quarter, COUNT(*) AS Conversations, SUM(handed_off) AS HandedOff, COUNT(score) AS Scores, COALESCE(SUM(score), 0) AS ScoreSum,
               SUM(handed_off = 0 AND (open = 0 OR score IS NOT NULL OR last_at < {silentSince})) AS Resolved
             FROM conversations WHERE tenant = {tenant} AND opened_at >= {from} AND opened_at < {to} GROUP BY 1
             """).ToDictionaryAsync(row => row.Quarter, ct);
        var questions = await context.Database.SqlQuery<Questions>(
            $"""
             SELECT at / {Quarter} AS Quarter, COUNT(*) AS Asked, SUM(outcome = 1) AS Answered, SUM(outcome = 2) AS Clarified, SUM(reason IS NOT NULL) AS HandedOff,
               SUM(outcome = 4) AS AgentAnswered, SUM(unanswered) AS Unanswered
             FROM questions WHERE tenant = {tenant} AND at >= {from} AND at < {to} GROUP BY 1
             """).ToDictionaryAsync(row => row.Quarter, ct);
        var popups = await context.Database.SqlQuery<Popups>(
            $"""
             SELECT at / {Quarter} AS Quarter, SUM(withheld = 0) AS Offered, SUM(seen) AS Seen, SUM(opened) AS Opened, SUM(dismissed) AS Dismissed, SUM(ignored) AS Ignored,
               SUM(helpful) AS Helpful, SUM(withheld) AS Withheld
             FROM popups WHERE tenant = {tenant} AND at >= {from} AND at < {to} GROUP BY 1
             """).ToDictionaryAsync(row => row.Quarter, ct);
        return [.. chats.Keys.Concat(questions.Keys).Concat(popups.Keys).Distinct().Order()
            .Select(q => Join(q, chats.GetValueOrDefault(q) ?? new(), questions.GetValueOrDefault(q) ?? new(), popups.GetValueOrDefault(q) ?? new()))];
    }

    private static QuarterFigures Join(long quarter, Chats c, Questions q, Popups p) => new(
        new(quarter * Quarter, TimeSpan.Zero), c.Conversations, c.Resolved, c.HandedOff, c.Scores, c.ScoreSum,
        q.Asked, q.Answered, q.Clarified, q.HandedOff, q.AgentAnswered, q.Unanswered,
        p.Offered, p.Seen, p.Opened, p.Dismissed, p.Ignored, p.Helpful, p.Withheld);

    private sealed class Chats
    {
        public long Quarter { get; init; }

        public long Conversations { get; init; }

        public long Resolved { get; init; }

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
