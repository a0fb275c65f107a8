using SmartService.Engine.Queries;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

/// <summary>The span a figure is asked for, as it stands in an address.</summary>
internal sealed record FigureQuery
{
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? By { get; init; }

    public string? Compare { get; init; }
}

/// <summary>A span of time, cut at the hours or days of the store's zone.</summary>
internal sealed record FigureSpan(DateTimeOffset From, DateTimeOffset To, bool ByHour, bool Compares, TimeZoneInfo Zone)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly TimeSpan Most = TimeSpan.FromDays(366);
    private static readonly TimeSpan MostByHour = TimeSpan.FromDays(14);

    /// <exception cref="ProblemException">The span cannot be used.</exception>
    public static FigureSpan Of(FigureQuery query, string timeZone, DateTimeOffset now)
    {
        var end = (query.To ?? now).ToUniversalTime();
        var start = (query.From ?? end - Usual).ToUniversalTime();
        var checks = new Checks();
        checks.Must(query.By is null or "day" or "hour", "by", "day or hour");
        checks.Must(query.Compare is null or "previous", "compare", "previous");
        checks.Must(start < end && end - start <= Most, "from", "before \"to\", and at most 366 days");
        checks.Must(query.By != "hour" || end - start <= MostByHour, "by", "hour for at most 14 days");
        checks.ThrowIfAny();
        return new(start, end, query.By == "hour", query.Compare is not null, TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc);
    }

    /// <summary>The span of the same length just before.</summary>
    public FigureSpan Before => this with { From = From - (To - From), To = From };

    /// <summary>Begins of the hours or days, the first at or before <see cref="From"/>.</summary>
    public IReadOnlyList<DateTimeOffset> Begins()
    {
        var begins = new List<DateTimeOffset>();
        var local = TimeZoneInfo.ConvertTime(From, Zone);
        var step = ByHour ? new DateTime(local.Year, local.Month, local.Day, local.Hour, 0, 0) : local.Date;
        while (true)
        {
            var at = Utc(step);
            if (at >= To)
            {
                return begins;
            }

            // Where clocks are set back an hour comes twice; it is one point then.
            if (begins.Count == 0 || at > begins[^1])
            {
                begins.Add(at);
            }

            step = ByHour ? step.AddHours(1) : step.AddDays(1);
        }
    }

    private DateTimeOffset Utc(DateTime local)
    {
        // A time that clocks jump over stands for the one after the jump.
        var valid = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(valid, Zone.GetUtcOffset(valid)).ToUniversalTime();
    }
}

/// <summary>Adds quarters of an hour up.</summary>
internal static class FigureSums
{
    public static FigureSet Sum(IEnumerable<QuarterFigures> quarters)
    {
        var all = quarters.ToList();
        var scores = all.Sum(q => q.Scores);
        return new(
            all.Sum(q => q.Conversations), all.Sum(q => q.BotResolved), all.Sum(q => q.HandedOffConversations), all.Sum(q => q.Questions), all.Sum(q => q.Answered),
            all.Sum(q => q.Clarified), all.Sum(q => q.HandedOff), all.Sum(q => q.AgentAnswered), all.Sum(q => q.Unanswered), scores,
            scores == 0 ? null : (double)all.Sum(q => q.ScoreSum) / scores,
            new(all.Sum(q => q.Offered), all.Sum(q => q.Seen), all.Sum(q => q.Opened), all.Sum(q => q.Dismissed), all.Sum(q => q.Ignored), all.Sum(q => q.Helpful),
                all.Sum(q => q.Withheld)));
    }

    public static IReadOnlyList<FigurePoint> Points(FigureSpan span, IReadOnlyList<QuarterFigures> quarters)
    {
        var begins = span.Begins();
        var points = new List<FigurePoint>(begins.Count);
        var next = 0;
        for (var i = 0; i < begins.Count; i++)
        {
            var end = i + 1 < begins.Count ? begins[i + 1] : DateTimeOffset.MaxValue;
            var from = next;
            while (next < quarters.Count && quarters[next].At < end)
            {
                next++;
            }

            var s = Sum(quarters.Skip(from).Take(next - from));
            points.Add(new(
                begins[i], s.Conversations, s.BotResolved, s.HandedOffConversations, s.Questions, s.Answered, s.Clarified, s.HandedOff, s.AgentAnswered, s.Unanswered,
                s.Scores, s.MeanScore, s.Popups));
        }

        return points;
    }
}
