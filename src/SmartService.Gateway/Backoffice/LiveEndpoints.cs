using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Members;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Backoffice;

/// <summary>Who is in the store now.</summary>
internal static class LiveEndpoints
{
    private const int Most = 500;
    private const int Usual = 200;
    private const int ForecastLength = 3;

    public static async Task<Ok<LiveAnswer>> ReadAsync(
        Caller caller, IInsights insights, ICustomers customers, IFeeds feeds, SeenMarks marks, TimeProvider clock, int? minutes, int? limit, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Range("minutes", minutes, 1, 60);
        checks.Range("limit", limit, 1, Most);
        checks.ThrowIfAny();
        var now = clock.GetUtcNow();

        // The place to go on from is taken first: what happens while this is read comes twice rather than never.
        var head = feeds.Head;
        var (rows, total) = await insights.LiveAsync(caller.Tenant, now - TimeSpan.FromMinutes(minutes ?? 5), limit ?? Usual, ct);
        var seen = caller.Member is { } member
            ? await marks.OfAsync(member.Member, member.Tenant, [.. rows.Where(r => r.Conversation is not null).Select(r => r.Conversation!.Value.Value)], ct)
            : null;
        var shoppers = new List<LiveShopper>(rows.Count);
        foreach (var row in rows)
        {
            shoppers.Add(ToView(row, await customers.ReadAsync(Entity.Customer(caller.Tenant, row.Customer), ct), seen));
        }

        return TypedResults.Ok(new LiveAnswer(now, head, total, shoppers));
    }

    private static LiveShopper ToView(LiveRow row, CustomerState state, IReadOnlyDictionary<string, int>? seen)
    {
        var visit = state.Visits.IsDefaultOrEmpty ? null : state.Visits[^1];
        var popup = state.Popups.IsDefaultOrEmpty ? null : state.Popups[^1];
        var pages = visit is null ? 0 : state.Visits.Count(v => v.Session == visit.Session);
        var chat = row.Conversation is { } id
            ? new LiveConversation(id.Value, row.Mode, row.Agent, row.Assignee, row.LastText, seen is null ? null : Math.Max(0, row.Messages - seen.GetValueOrDefault(id.Value)))
            : null;
        return new(
            row.Customer.Value, row.Name, row.Tier, row.Identified, row.LastSeen, visit?.Page, visit?.Subject, visit?.Session, pages,
            [.. state.Forecast.Take(ForecastLength).Select(f => new IntentView(f.Intent.Value, Math.Round(f.Probability, 4)))],
            popup is null ? null : new(popup.Id.Value, popup.Topic.Value, popup.At, popup.Outcome, popup.Withheld), chat);
    }
}
