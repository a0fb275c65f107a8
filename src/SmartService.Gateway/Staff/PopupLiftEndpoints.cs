using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Popups;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <param name="Customers">Customers by their first popup in the span.</param>
/// <param name="Asked">Of them, those who asked something in the half hour after it.</param>
internal sealed record LiftGroupView(long Customers, long Asked, double? Rate);

/// <param name="Lift">Points of asking that popups spared; null while a group is empty.</param>
/// <param name="EValue">Evidence that may be looked at any time; 20 or more is sure.</param>
internal sealed record PopupLiftView(
    DateTimeOffset From, DateTimeOffset To, LiftGroupView Shown, LiftGroupView Withheld, double? Lift, double Low, double High, double EValue, bool Sure);

internal static class PopupLiftEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan Most = TimeSpan.FromDays(366);

    public static async Task<Results<Ok<PopupLiftView>, Problem>> ReadAsync(
        Caller caller, IPopupOutcomes outcomes, TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        var end = (to ?? clock.GetUtcNow()).ToUniversalTime();
        var start = (from ?? end - Usual).ToUniversalTime();
        if (start > end || end - start > Most)
        {
            return Problems.Invalid("The time span is not usable.", new Fault("from", "before \"to\", and at most 366 days"));
        }

        var (shown, withheld) = await outcomes.GroupsAsync(caller.Tenant, start, end, ct);
        var report = SequentialLift.Compare(shown, withheld);
        return TypedResults.Ok(new PopupLiftView(
            start, end, View(shown), View(withheld), Known(report.Lift), report.Low, report.High, report.EValue, report.IsSure));
    }

    private static LiftGroupView View(LiftGroup group) => new(group.Customers, group.Asked, Known(group.Rate));

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
