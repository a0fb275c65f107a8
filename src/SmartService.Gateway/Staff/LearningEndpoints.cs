using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Learning;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>A store's own model: trained, judged, live, back. The administrator names the store in the address.</summary>
internal static class LearningEndpoints
{
    private const string Administrator = "administrator";

    public static async Task<Ok<LearningView>> ReadAsync(Caller caller, ILearning learning, CancellationToken ct) =>
        TypedResults.Ok(await ViewAsync(caller.Tenant, learning, ct));

    public static Results<Accepted<LearningRunView>, Problem> Start(Caller caller, ILearning learning) =>
        Started(caller.Tenant, caller.Author, learning, "/v1/learning/runs/");

    public static Task<Results<Ok<LearningRunView>, Problem>> ReadRunAsync(string run, Caller caller, ILearning learning, CancellationToken ct) =>
        FindRunAsync(caller.Tenant, run, learning, ct);

    public static async Task<Ok<LearningReportList>> ReportsAsync(Caller caller, ILearning learning, CancellationToken ct)
    {
        var overview = await learning.ReadAsync(caller.Tenant, ct);
        return TypedResults.Ok(new LearningReportList([.. overview.State.Reports.Reverse().Select(report => ToView(report, null))]));
    }

    public static async Task<Results<Ok<LearningReportView>, Problem>> ReportAsync(string run, Caller caller, ILearning learning, CancellationToken ct)
    {
        var overview = await learning.ReadAsync(caller.Tenant, ct);
        return overview.State.Reports.LastOrDefault(report => report.Run == run) is { } known
            ? TypedResults.Ok(ToView(known, await learning.ChangesAsync(caller.Tenant, known, ct)))
            : Problems.NotFound("No such report");
    }

    public static Task<Results<Ok<LearningView>, Problem>> RollBackAsync(Caller caller, ILearning learning, CancellationToken ct) =>
        RolledBackAsync(caller.Tenant, caller.Author, learning, ct);

    public static async Task<Ok<LearningView>> ForgetAsync(Caller caller, ILearning learning, CancellationToken ct)
    {
        await learning.ForgetAsync(caller.Tenant, caller.Author, ct);
        return TypedResults.Ok(await ViewAsync(caller.Tenant, learning, ct));
    }

    public static async Task<Results<Ok<LearningView>, Problem>> TeachAsync(
        string conversation, int number, Caller caller, Body<TeachRequest> body, ILearning learning, CancellationToken ct)
    {
        var checks = new Checks();
        var author = ContentReading.Author(checks, body.Value.Author, caller);
        checks.ThrowIfAny();
        return await learning.TeachAsync(caller.Tenant, new(conversation), number, new(body.Value.Intent ?? ""), author, ct) switch
        {
            null => TypedResults.Ok(await ViewAsync(caller.Tenant, learning, ct)),
            LearningRefusal.BadIntent => Problems.Invalid("The intent is not one.", new Fault("intent", "like order.delay: a-z, 0-9, '_', '-' and dots, at most 64 characters")),
            var refusal => Refusals.ToProblem(refusal),
        };
    }

    public static async Task<Results<Accepted<LearningRunView>, Problem>> StartForAsync(string tenant, ITenants tenants, ILearning learning, CancellationToken ct) =>
        await IsKnownAsync(tenant, tenants, ct) ? Started(new(tenant), Administrator, learning, $"/v1/tenants/{tenant}/learning/runs/") : Unknown();

    public static Task<Results<Ok<LearningRunView>, Problem>> ReadRunForAsync(string tenant, string run, ILearning learning, CancellationToken ct) =>
        FindRunAsync(new(tenant), run, learning, ct);

    public static async Task<Results<Ok<LearningView>, Problem>> RollBackForAsync(string tenant, ITenants tenants, ILearning learning, CancellationToken ct) =>
        await IsKnownAsync(tenant, tenants, ct) ? await RolledBackAsync(new(tenant), Administrator, learning, ct) : Unknown();

    private static Problem Unknown() => Problems.NotFound("No such store");

    private static async ValueTask<bool> IsKnownAsync(string tenant, ITenants tenants, CancellationToken ct) =>
        Identifiers.IsTenant(tenant) && (await tenants.ReadAsync(Entity.Tenant(new(tenant)), ct)).Profile is not null;

    private static Results<Accepted<LearningRunView>, Problem> Started(TenantId tenant, string asker, ILearning learning, string at) =>
        learning.Start(tenant, asker) is { } run
            ? TypedResults.Accepted(at + run.Id, new LearningRunView(run.Id, run.State, null))
            : Refusals.ToProblem(LearningRefusal.TooManyRuns);

    private static async Task<Results<Ok<LearningRunView>, Problem>> FindRunAsync(TenantId tenant, string run, ILearning learning, CancellationToken ct)
    {
        if (learning.Find(tenant, run) is { } known && !(known.IsOver && known.Report is null && known.State == LearningRunState.Done))
        {
            var changes = known.Report is { } done ? await learning.ChangesAsync(tenant, done, ct) : null;
            return TypedResults.Ok(new LearningRunView(known.Id, known.State, known.Report is { } report ? ToView(report, changes) : null));
        }

        // Done before the last start: the journal still has its report.
        var overview = await learning.ReadAsync(tenant, ct);
        return overview.State.Reports.LastOrDefault(report => report.Run == run) is { } kept
            ? TypedResults.Ok(new LearningRunView(run, LearningRunState.Done, ToView(kept, await learning.ChangesAsync(tenant, kept, ct))))
            : Problems.NotFound("No such run");
    }

    private static async Task<Results<Ok<LearningView>, Problem>> RolledBackAsync(TenantId tenant, string author, ILearning learning, CancellationToken ct) =>
        await learning.RollBackAsync(tenant, author, ct) is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Ok(await ViewAsync(tenant, learning, ct));

    private static async Task<LearningView> ViewAsync(TenantId tenant, ILearning learning, CancellationToken ct)
    {
        var overview = await learning.ReadAsync(tenant, ct);
        var state = overview.State;
        return new(
            state.Live, overview.IsInUse, overview.Fault, state.Former, overview.BaseModel, state.Taught.Count,
            state.Reports is [.., var last] ? ToView(last, null) : null);
    }

    private static LearningReportView ToView(LearningReport r, IReadOnlyList<ChangedQuestion>? changes) => new(
        r.Run, r.Asker, r.At, r.Verdict, r.Why, r.SplitAt, [.. r.Lessons.Select(l => new LessonCountView(l.Kind, l.Count))],
        r.HeldBack, r.RightBefore, r.RightAfter, Share(r, r.RightBefore), Share(r, r.RightAfter), r.Mended, r.Broken, r.Chance,
        r.Replayed, r.Changed, r.Before, r.Model, r.BaseModel, r.Took.TotalSeconds,
        changes?.Select(c => new LearningChangeView(
            c.Change.Conversation.Value, c.Change.Number, c.Question, c.Change.Right.Value, c.Change.Before.Value, c.Change.After.Value)).ToArray());

    private static double? Share(LearningReport report, int right) => report.Model is null || report.HeldBack == 0 ? null : (double)right / report.HeldBack;
}
