using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Knowledge;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>A store's own words: synonyms, and what its products are called.</summary>
internal static class VocabularyEndpoints
{
    public static async Task<Ok<VocabularyView>> ReadAsync(Caller caller, IKnowledge knowledge, CancellationToken ct) =>
        TypedResults.Ok(ToView((await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct)).Vocabulary));

    /// <summary>Replaces the whole vocabulary; what is left out is empty from then on.</summary>
    public static async Task<Results<Ok<VocabularyView>, Problem>> ChangeAsync(
        Caller caller, Body<VocabularyRequest> body, IKnowledge knowledge, TimeProvider clock, CancellationToken ct)
    {
        var vocabulary = new Vocabulary(
            [.. (body.Value.Groups ?? []).Select(group => new SynonymGroup([.. (group ?? []).Select(word => word ?? "")]))],
            [.. (body.Value.Products ?? []).Select(product => new ProductNames(product?.Id ?? "", [.. (product?.Names ?? []).Select(name => name ?? "")]))]);
        var checks = new Checks();
        checks.AddRange(Vocabulary.Check(vocabulary).ToFaults());
        var author = ContentReading.Author(checks, body.Value.Author, caller);
        checks.ThrowIfAny();
        var set = new KnowledgeCommand.SetVocabulary(vocabulary, author, clock.GetUtcNow());
        var reply = await knowledge.HandleAsync(Entity.Knowledge(caller.Tenant), set, ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(ToView(vocabulary));
    }

    private static VocabularyView ToView(Vocabulary vocabulary) => new(
        [.. vocabulary.Synonyms.Select(group => (IReadOnlyList<string>)group.Words)],
        [.. vocabulary.Products.Select(product => new ProductNamesView(product.Product, product.Names))]);
}
