using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain.Knowledge;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>Candidates on their way to live: build, replay, approve, live, roll back.</summary>
internal static class ReleaseEndpoints
{
    private const int MaxCandidates = 500;

    public static async Task<Ok<ReleaseList>> ListAsync(Caller caller, IKnowledge knowledge, CancellationToken ct)
    {
        var state = await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct);
        return TypedResults.Ok(new ReleaseList([.. state.Releases.Reverse().Select(r => r.ToView(withChanges: false))]));
    }

    public static Task<Results<Ok<ReleaseView>, Problem>> ReadAsync(string release, Caller caller, IKnowledge knowledge, CancellationToken ct) =>
        FindAsync(release, caller, knowledge, ct);

    public static async Task<Results<Ok<ReleaseView>, Problem>> BuildAsync(
        Caller caller, Body<ReleaseRequest> body, IKnowledge knowledge, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.MerchantId("release", r.Release);
        checks.Must(r.Candidates is { Count: >= 1 and <= MaxCandidates }, "candidates", "1 to 500 candidates");
        checks.OptionalText("note", r.Note, 1000);
        var author = ContentReading.Author(checks, r.Author, caller);
        checks.ThrowIfAny();
        return await DoAsync(r.Release!, caller, knowledge, new KnowledgeCommand.BuildRelease(r.Release!, [.. r.Candidates!], r.Note, author, clock.GetUtcNow()), ct);
    }

    public static async Task<Results<Ok<ReleaseView>, Problem>> ReplayAsync(
        string release, Caller caller, IKnowledge knowledge, IReview review, int? days, CancellationToken ct)
    {
        var outcome = await review.ReplayAsync(caller.Tenant, release, Paging.Days(days, usual: 14), ct);
        return outcome.Refusal is { } refusal ? Refusals.ToProblem(refusal) : await FindAsync(release, caller, knowledge, ct);
    }

    public static Task<Results<Ok<ReleaseView>, Problem>> ApproveAsync(string release, Caller caller, IKnowledge knowledge, TimeProvider clock, CancellationToken ct) =>
        DoAsync(release, caller, knowledge, new KnowledgeCommand.Approve(release, caller.Author, clock.GetUtcNow()), ct);

    public static Task<Results<Ok<ReleaseView>, Problem>> GoLiveAsync(string release, Caller caller, IKnowledge knowledge, TimeProvider clock, CancellationToken ct) =>
        DoAsync(release, caller, knowledge, new KnowledgeCommand.GoLive(release, caller.Author, clock.GetUtcNow()), ct);

    public static Task<Results<Ok<ReleaseView>, Problem>> RollBackAsync(string release, Caller caller, IKnowledge knowledge, TimeProvider clock, CancellationToken ct) =>
        DoAsync(release, caller, knowledge, new KnowledgeCommand.RollBack(release, caller.Author, clock.GetUtcNow()), ct);

    public static Task<Results<Ok<ReleaseView>, Problem>> DiscardAsync(string release, Caller caller, IKnowledge knowledge, TimeProvider clock, CancellationToken ct) =>
        DoAsync(release, caller, knowledge, new KnowledgeCommand.Discard(release, caller.Author, clock.GetUtcNow()), ct);

    private static async Task<Results<Ok<ReleaseView>, Problem>> DoAsync(
        string release, Caller caller, IKnowledge knowledge, KnowledgeCommand command, CancellationToken ct)
    {
        var reply = await knowledge.HandleAsync(Entity.Knowledge(caller.Tenant), command, ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : await FindAsync(release, caller, knowledge, ct);
    }

    private static async Task<Results<Ok<ReleaseView>, Problem>> FindAsync(string release, Caller caller, IKnowledge knowledge, CancellationToken ct)
    {
        var state = await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct);
        return state.Releases.LastOrDefault(r => r.Id == release) is { } known
            ? TypedResults.Ok(known.ToView(withChanges: true))
            : Refusals.ToProblem(KnowledgeRefusal.ReleaseNotFound);
    }
}
