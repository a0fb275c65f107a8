using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Peak;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Shoppers;

/// <summary>A shopper's own conversations. Somebody else's answer 404, like ones that do not exist.</summary>
internal static class ConversationEndpoints
{
    private const int MaxListed = 20;

    /// <summary>The open ones as the customer knows them now, and the last closed ones as the directory has them.</summary>
    public static async Task<Ok<ConversationList>> ListAsync(
        Caller caller, ICustomers customers, IConversations conversations, IDirectory directory, CancellationToken ct)
    {
        var customer = await customers.ReadAsync(Entity.Customer(caller.Tenant, caller.Customer), ct);
        var page = await directory.ConversationsAsync(caller.Tenant, null, null, caller.Customer, null, MaxListed, ct);
        var ids = customer.OpenConversations.Reverse().Concat(page.Items.Select(r => r.Id)).Distinct().Take(MaxListed);
        var list = new List<ConversationSummary>();
        foreach (var id in ids)
        {
            var state = await conversations.ReadAsync(Entity.Conversation(caller.Tenant, id), ct);
            if (state.Customer == caller.Customer && !state.IsErased)
            {
                list.Add(state.ToSummary(id.Value));
            }
        }

        return TypedResults.Ok(new ConversationList([.. list.OrderByDescending(c => c.LastAt)]));
    }

    public static async Task<Results<Ok<ConversationView>, Problem>> OpenAsync(
        string conversation, Caller caller, Body<OpenRequest> body, IAssistant assistant, TenantDirectory tenants, CancellationToken ct)
    {
        var request = body.Value;
        var checks = new Checks();
        checks.ClientId("id", conversation);
        checks.OptionalText("channel", request.Channel, 40);
        checks.OptionalText("popup", request.Popup, 128);
        checks.ThrowIfAny();
        var tenant = await tenants.ReadAsync(caller.Tenant, ct);
        var result = await assistant.OpenAsync(
            caller.Tenant, caller.Customer, new(conversation), Locales.Choose(request.Locale, tenant.Profile!.Locale), request.Channel,
            request.Popup is { } popup ? new PopupId(popup) : null, ct);
        return result.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(result.State.ToView(conversation));
    }

    public static async Task<Results<Ok<ConversationView>, Problem>> ReadAsync(
        string conversation, Caller caller, IConversations conversations, int? after, CancellationToken ct)
    {
        var state = await conversations.ReadAsync(Entity.Conversation(caller.Tenant, new(conversation)), ct);
        return state.Customer == caller.Customer
            ? TypedResults.Ok(state.ToView(conversation, after ?? 0))
            : Refusals.ToProblem(ConversationRefusal.NotFound);
    }

    public static async Task<Results<JsonOk<MessageAnswer>, Problem>> AskAsync(
        string conversation, Caller caller, Body<MessageRequest> body, IAssistant assistant, TenantDirectory tenants, RateLimits limits, TenantLines lines, CancellationToken ct)
    {
        var request = body.Value;
        var checks = new Checks();
        checks.ClientId("id", conversation);
        checks.ClientId("clientId", request.ClientId);
        checks.Text("text", request.Text, ConversationState.MaxTextLength);
        checks.ThrowIfAny();
        var tenant = await tenants.ReadAsync(caller.Tenant, ct);
        if (limits.ForMessage(caller, tenant.Policy) is { } limited)
        {
            return limited;
        }

        var locale = Locales.Choose(request.Locale, tenant.Profile!.Locale);
        return ToAnswer(await assistant.AskAsync(caller.Tenant, caller.Customer, new(conversation), request.ClientId!, request.Text!, locale, ct), lines.Of(caller.Tenant));
    }

    public static async Task<Results<JsonOk<MessageAnswer>, Problem>> RequestPersonAsync(
        string conversation, Caller caller, Body<PersonRequest> body, IAssistant assistant, CancellationToken ct)
    {
        var checks = new Checks();
        checks.ClientId("operationId", body.Value.OperationId);
        checks.ThrowIfAny();
        return ToAnswer(await assistant.RequestPersonAsync(caller.Tenant, caller.Customer, new(conversation), body.Value.OperationId!, ct), null);
    }

    /// <param name="line">The merchant's, when the answer may have been a shorter one.</param>
    internal static Results<JsonOk<MessageAnswer>, Problem> ToAnswer(ConversationResult result, TenantLine? line) => result.Refusal is { } refusal
        ? Refusals.ToProblem(refusal)
        : new JsonOk<MessageAnswer>(new(result.Number, result.State.Mode, [.. result.Replies.Select(m => m.ToView())])
        {
            Peak = line is { Rung: >= PeakRung.QnaOnly and var rung } ? new(rung, null, null, line.Rehearsal is null ? null : true) : null,
        });
}
