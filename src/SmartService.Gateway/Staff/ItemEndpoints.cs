using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

/// <summary>A store's questions and answers.</summary>
internal static class ItemEndpoints
{
    /// <summary>By id; the cursor is the last id of the page before.</summary>
    public static async Task<Ok<ItemList>> ListAsync(
        Caller caller, IKnowledge knowledge, string? text, string? intent, string? locale, bool? retired, string? cursor, int? limit, CancellationToken ct)
    {
        var state = await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct);
        var size = Paging.Limit(limit);
        var found = state.Items.Values
            .Where(i => i.Live.Retired == (retired ?? false) && Matches(i.Live.Content, text, intent, locale))
            .OrderBy(i => i.Id.Value, StringComparer.Ordinal)
            .ToList();
        var page = found.Where(i => cursor is null || string.CompareOrdinal(i.Id.Value, cursor) > 0).Take(size + 1).ToList();
        var items = page.Take(size).Select(i => i.ToView(state, withVersions: false)).ToList();
        return TypedResults.Ok(new ItemList(items, page.Count > size ? items[^1].Id : null, found.Count));
    }

    public static async Task<Results<Ok<ItemView>, Problem>> ReadAsync(string item, Caller caller, IKnowledge knowledge, CancellationToken ct)
    {
        var state = await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct);
        return state.Items.TryGetValue(item, out var known)
            ? TypedResults.Ok(known.ToView(state, withVersions: true))
            : Refusals.ToProblem(KnowledgeRefusal.ItemNotFound);
    }

    public static async Task<Results<Ok<ItemView>, Problem>> SaveAsync(
        string item, HttpContext context, Caller caller, Body<ItemRequest> body, IKnowledge knowledge, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.Must(ContentRules.IsItemId(item), "id", "1 to 100 characters without white space");
        var content = ContentReading.Read(checks, r.Intent, r.Question, r.Variants, r.Answer, r.Locale, r.Actions, r.ValidFrom, r.ValidTo);
        var author = ContentReading.Author(checks, r.Author, caller);
        checks.ThrowIfAny();
        var save = new KnowledgeCommand.SaveItem(new ItemId(item), content, author, r.ExpectedVersion, clock.GetUtcNow());
        var before = (await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct)).Items.GetValueOrDefault(item);
        AuditNote.Of(context).Changed(before?.Live.Content.ToView(), content.ToView(), GatewayJson.Default.ContentView);
        var reply = await knowledge.HandleAsync(Entity.Knowledge(caller.Tenant), save, ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : await ReadAsync(item, caller, knowledge, ct);
    }

    public static async Task<Results<NoContent, Problem>> RetireAsync(string item, Caller caller, IKnowledge knowledge, TimeProvider clock, CancellationToken ct)
    {
        var retire = new KnowledgeCommand.RetireItem(new ItemId(item), caller.Author, clock.GetUtcNow());
        var reply = await knowledge.HandleAsync(Entity.Knowledge(caller.Tenant), retire, ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }

    private static bool Matches(ItemContent c, string? text, string? intent, string? locale) =>
        (locale is null || c.Locale == locale)
        && (intent is null || c.Intent?.Value == intent)
        && (string.IsNullOrWhiteSpace(text) || Has(c.Question, text) || Has(c.Answer, text) || c.Variants.Any(v => Has(v, text)));

    private static bool Has(string where, string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(where, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreWidth) >= 0;
}
