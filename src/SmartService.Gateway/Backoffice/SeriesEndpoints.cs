using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Backoffice;

/// <summary>Figures over time.</summary>
internal static class SeriesEndpoints
{
    private static readonly string[] Columns =
    [
        "at", "conversations", "botResolved", "handedOffConversations", "questions", "answered", "clarified", "handedOff", "agentAnswered", "unanswered", "scores",
        "meanScore", "popupsOffered", "popupsSeen", "popupsOpened", "popupsDismissed", "popupsIgnored", "popupsHelpful", "popupsWithheld",
    ];

    public static async Task<Ok<SeriesAnswer>> SeriesAsync(
        Caller caller, [AsParameters] FigureQuery query, IInsights insights, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var span = await SpanAsync(caller.Tenant, query, directory, clock, ct);
        var own = await PartAsync(caller.Tenant, span, insights, ct);
        var before = span.Compares ? await PartAsync(caller.Tenant, span.Before, insights, ct) : null;
        return TypedResults.Ok(new SeriesAnswer(span.From, span.To, span.ByHour ? "hour" : "day", span.Zone.Id, own.Totals, own.Points, before));
    }

    public static async Task CsvAsync(
        HttpContext context, Caller caller, [AsParameters] FigureQuery query, IInsights insights, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var span = await SpanAsync(caller.Tenant, query, directory, clock, ct);
        var part = await PartAsync(caller.Tenant, span, insights, ct);
        await using var csv = await CsvAnswer.BeginAsync(context, "figures.csv", Columns, ct);
        var row = csv.Row;
        foreach (var p in part.Points)
        {
            row.Add(TimeZoneInfo.ConvertTime(p.At, span.Zone).ToString("yyyy-MM-dd'T'HH:mmzzz", System.Globalization.CultureInfo.InvariantCulture))
                .Add(p.Conversations).Add(p.BotResolved).Add(p.HandedOffConversations).Add(p.Questions).Add(p.Answered).Add(p.Clarified).Add(p.HandedOff).Add(p.AgentAnswered)
                .Add(p.Unanswered).Add(p.Scores).Add(p.MeanScore).Add(p.Popups.Offered).Add(p.Popups.Seen).Add(p.Popups.Opened).Add(p.Popups.Dismissed).Add(p.Popups.Ignored)
                .Add(p.Popups.Helpful).Add(p.Popups.Withheld);
            await row.EndAsync(ct);
        }
    }

    public static async Task<Ok<ResponseAnswer>> ResponsesAsync(
        Caller caller, [AsParameters] FigureQuery query, IInsights insights, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var span = await SpanAsync(caller.Tenant, query, directory, clock, ct);
        var own = await insights.ResponsesAsync(caller.Tenant, span.From, span.To, ct);
        var before = span.Compares ? await insights.ResponsesAsync(caller.Tenant, span.Before.From, span.Before.To, ct) : null;
        return TypedResults.Ok(new ResponseAnswer(
            span.From, span.To, Bot(own), Person(own), before is null ? null : new(span.Before.From, span.Before.To, Bot(before), Person(before))));
    }

    public static async Task<Ok<ForesightAnswer>> ForesightAsync(
        Caller caller, [AsParameters] FigureQuery query, IInsights insights, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var span = await SpanAsync(caller.Tenant, query, directory, clock, ct);
        var rows = await insights.ForesightAsync(caller.Tenant, span.From, span.To, ct);
        var own = Foresight(span, rows);
        var before = span.Compares ? Foresight(span.Before, await insights.ForesightAsync(caller.Tenant, span.Before.From, span.Before.To, ct)) : null;
        return TypedResults.Ok(new ForesightAnswer(
            span.From, span.To, own.Questions, own.Forecast, own.Hit1, own.Hit3, own.HitAt1, own.HitAt3,
            [.. rows.Where(r => r.Forecast > 0).Select(r => new ForesightIntent(r.Intent.Value, r.Questions, r.Forecast, r.Hit1, r.Hit3))], before));
    }

    public static async Task<Ok<IntentsAnswer>> IntentsAsync(
        Caller caller, [AsParameters] FigureQuery query, int? limit, IInsights insights, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Range("limit", limit, 1, 100);
        checks.ThrowIfAny();
        var most = limit ?? 20;
        var span = await SpanAsync(caller.Tenant, query, directory, clock, ct);
        var own = await insights.IntentsAsync(caller.Tenant, span.From, span.To, ct);
        var before = (await insights.IntentsAsync(caller.Tenant, span.Before.From, span.Before.To, ct)).ToDictionary(i => i.Intent.Value, i => i.Questions);
        var all = own.Select(i => new IntentTrend(i.Intent.Value, i.Questions, i.Unanswered, before.GetValueOrDefault(i.Intent.Value))).ToList();
        var (asked, unanswered) = (all.Sum(i => i.Questions), all.Sum(i => i.Unanswered));
        return TypedResults.Ok(new IntentsAnswer(
            span.From, span.To, new(asked, asked - unanswered, asked == 0 ? null : (double)(asked - unanswered) / asked), [.. all.Take(most)],
            [.. all.Where(i => i.Questions > i.Before).OrderByDescending(i => i.Questions - i.Before).ThenBy(i => i.Intent, StringComparer.Ordinal).Take(most)],
            [.. all.Where(i => i.Unanswered > 0).OrderByDescending(i => i.Unanswered).ThenBy(i => i.Intent, StringComparer.Ordinal).Take(most)]));
    }

    private static async Task<FigureSpan> SpanAsync(TenantId tenant, FigureQuery query, TenantDirectory directory, TimeProvider clock, CancellationToken ct) =>
        FigureSpan.Of(query, (await directory.ReadAsync(tenant, ct)).Profile?.TimeZone ?? "UTC", clock.GetUtcNow());

    private static async Task<SeriesPart> PartAsync(TenantId tenant, FigureSpan span, IInsights insights, CancellationToken ct)
    {
        var quarters = await insights.SeriesAsync(tenant, span.From, span.To, ct);
        return new(span.From, span.To, FigureSums.Sum(quarters), FigureSums.Points(span, quarters));
    }

    private static ForesightPart Foresight(FigureSpan span, IReadOnlyList<ForesightFigures> rows)
    {
        var (forecast, hit1, hit3) = (rows.Sum(r => r.Forecast), rows.Sum(r => r.Hit1), rows.Sum(r => r.Hit3));
        return new(
            span.From, span.To, rows.Sum(r => r.Questions), forecast, hit1, hit3,
            forecast == 0 ? null : (double)hit1 / forecast, forecast == 0 ? null : (double)hit3 / forecast);
    }

    private static ResponseTimes Bot(ResponseFigures f) => new(f.BotCount, f.BotHalf?.TotalSeconds, f.BotMost?.TotalSeconds, null);

    private static ResponseTimes Person(ResponseFigures f) => new(f.PersonCount, f.PersonHalf?.TotalSeconds, f.PersonMost?.TotalSeconds, f.Waiting);
}
