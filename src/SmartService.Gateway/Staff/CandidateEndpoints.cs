using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>Questions awaiting a person.</summary>
internal static class CandidateEndpoints
{
    public static async Task<Results<Ok<CandidateList>, Problem>> ListAsync(Caller caller, IKnowledge knowledge, string? status, CancellationToken ct)
    {
        CandidateStatus? wanted = null;
        if (status is not null)
        {
            if (!Words.TryRead<CandidateStatus>(status, out var known))
            {
                return Problems.Invalid("status is not known.", new Fault("status", Words.All<CandidateStatus>()));
            }

            wanted = known;
        }

        var state = await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct);
        return TypedResults.Ok(new CandidateList([.. state.Candidates.Values
            .Where(c => wanted is null || c.Status == wanted)
            .OrderByDescending(c => c.Count).ThenByDescending(c => c.At).ThenBy(c => c.Id, StringComparer.Ordinal)
            .Select(c => c.ToView())]));
    }

    public static async Task<Results<Ok<CandidateView>, Problem>> ProposeAsync(
        Caller caller, Body<CandidateProposal> body, IKnowledge knowledge, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.MerchantId("id", r.Id);
        checks.Text("question", r.Question, ContentRules.MaxQuestionLength);
        checks.Must(r.Replaces is null || ContentRules.IsItemId(r.Replaces), "replaces", "an item's id");
        checks.ThrowIfAny();
        var propose = new KnowledgeCommand.Propose(r.Id!, r.Question!, [], 1, CandidateOrigin.Manual, ToItem(r.Replaces), clock.GetUtcNow());
        return await DoAsync(r.Id!, caller, knowledge, propose, ct);
    }

    public static Task<Results<Ok<CandidateView>, Problem>> ConfirmAsync(
        string candidate, Caller caller, Body<CandidateRequest> body, IKnowledge knowledge, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        var content = ContentReading.Read(checks, r.Intent, r.Question, r.Variants, r.Answer, r.Locale, r.Actions, r.ValidFrom, r.ValidTo);
        var author = ContentReading.Author(checks, r.Author, caller);
        checks.ThrowIfAny();
        return DoAsync(candidate, caller, knowledge, new KnowledgeCommand.Confirm(candidate, content, ToItem(r.Replaces), author, clock.GetUtcNow()), ct);
    }

    public static Task<Results<Ok<CandidateView>, Problem>> DismissAsync(
        string candidate, Caller caller, IKnowledge knowledge, TimeProvider clock, CancellationToken ct) =>
        DoAsync(candidate, caller, knowledge, new KnowledgeCommand.Dismiss(candidate, caller.Author, clock.GetUtcNow()), ct);

    public static async Task<Ok<CollectAnswer>> CollectAsync(Caller caller, IReview review, TimeProvider clock, int? days, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromDays(Paging.Days(days, usual: 7));
        return TypedResults.Ok(new CollectAnswer(await review.ProposeAsync(caller.Tenant, since, ct)));
    }

    private static async Task<Results<Ok<CandidateView>, Problem>> DoAsync(
        string candidate, Caller caller, IKnowledge knowledge, KnowledgeCommand command, CancellationToken ct)
    {
        var key = Entity.Knowledge(caller.Tenant);
        var reply = await knowledge.HandleAsync(key, command, ct);
        if (reply.Refusal is { } refusal)
        {
            return Refusals.ToProblem(refusal);
        }

        return (await knowledge.ReadAsync(key, ct)).Candidates.TryGetValue(candidate, out var known)
            ? TypedResults.Ok(known.ToView())
            : Refusals.ToProblem(KnowledgeRefusal.CandidateNotFound);
    }

    private static ItemId? ToItem(string? id) => string.IsNullOrEmpty(id) ? null : new ItemId(id);
}
