using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

internal static class FiguresEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly TimeSpan Most = TimeSpan.FromDays(366);

    public static async Task<Results<Ok<FiguresView>, Problem>> ReadAsync(
        Caller caller, IDirectory directory, TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        var end = (to ?? clock.GetUtcNow()).ToUniversalTime();
        var start = (from ?? end - Usual).ToUniversalTime();
        if (start > end || end - start > Most)
        {
            return Problems.Invalid("The time span is not usable.", new Fault("from", "before \"to\", and at most 366 days"));
        }

        var f = await directory.FiguresAsync(caller.Tenant, start, end, ct);
        return TypedResults.Ok(new FiguresView(
            start, end, f.Conversations, f.Questions, f.Answered, f.Clarified, f.HandedOff, f.BotResolved, f.MeanScore,
            new(f.PopupsOffered, f.PopupsSeen, f.PopupsOpened, f.PopupsDismissed, f.PopupsIgnored, f.PopupsHelpful, f.PopupsWithheld),
            [.. f.TopIntents.Select(i => new IntentCountView(i.Intent.Value, i.Questions, i.Unanswered))],
            f.AgentAnswered));
    }
}
