using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Staff;

/// <summary>The log of questions and answers.</summary>
internal static class QuestionEndpoints
{
    public static async Task<Results<Ok<QuestionList>, Problem>> SearchAsync(
        Caller caller, IQuestionLog log, [AsParameters] QuestionQuery query, string? cursor, int? limit, CancellationToken ct)
    {
        var filter = query.ToFilter();
        try
        {
            var page = await log.SearchAsync(caller.Tenant, filter, cursor, Paging.Limit(limit), ct);
            return TypedResults.Ok(new QuestionList([.. page.Items.Select(ToView)], page.Next));
        }
        catch (ArgumentException) when (cursor is not null)
        {
            return Problems.Invalid("The cursor was not made by this log.", new Fault("cursor", "take it from \"next\" of the page before"));
        }
    }

    public static async Task<Ok<ClusterList>> ClustersAsync(Caller caller, IReview review, TimeProvider clock, int? days, int? limit, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromDays(Paging.Days(days, usual: 7));
        var clusters = await review.ClustersAsync(caller.Tenant, since, Paging.Limit(limit), ct);
        return TypedResults.Ok(new ClusterList([.. clusters.Select(c => new ClusterView(c.Id, c.Question, c.Count, c.Examples, c.Intent.Value, c.Language, c.LastAt))]));
    }

    public static async Task<Results<Ok<CorrectionAnswer>, Problem>> CorrectAsync(
        string conversation, int number, Caller caller, Body<CorrectionRequest> body, IReview review, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        var content = ContentReading.Read(checks, r.Intent, r.Question, r.Variants, r.Answer, r.Locale, r.Actions, r.ValidFrom, r.ValidTo);
        var author = ContentReading.Author(checks, r.Author, caller);
        checks.ThrowIfAny();
        var outcome = await review.CorrectAsync(
            caller.Tenant, new(conversation), number, content, string.IsNullOrEmpty(r.Replaces) ? null : new ItemId(r.Replaces), author, ct);
        return outcome switch
        {
            null => Problems.NotFound("No such question"),
            { Candidate: { } candidate } => TypedResults.Ok(new CorrectionAnswer(candidate)),
            { Refusal: KnowledgeRefusal.ItemNotFound } => Problems.Invalid("The correction replaces an item that is not there.", new Fault("replaces", "the id of a live item")),
            { Faults: { IsEmpty: false } faults } => Problems.Invalid("The correction's content is not valid.", [.. faults.ToFaults()]),
            _ => Refusals.ToProblem(outcome.Refusal!.Value),
        };
    }

    public static QuestionView ToView(LoggedQuestion q) => new(
        q.Conversation.Value, q.Number, q.Customer.Value, q.At, q.Text, q.Language, q.Intent.Value, q.Confidence, q.OutOfScope, q.Model, q.Outcome, q.Answer,
        q.SourceKind is null ? null : new SourceView(q.SourceKind, q.SourceId ?? "", q.SourceVersion, null), q.AnswerConfidence, q.Reason, q.Helpful, q.Score);
}
