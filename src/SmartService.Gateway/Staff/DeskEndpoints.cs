using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Members;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Push;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Staff;

/// <summary>A person's side of a conversation.</summary>
internal static class DeskEndpoints
{
    public static Task<Results<Ok<StaffConversationList>, Problem>> ListAsync(
        Caller caller, IInsights insights, SeenMarks marks, [AsParameters] DeskQuery query, string? cursor, int? limit, CancellationToken ct)
    {
        var filter = query.ToFilter(caller);
        return Cursors.GuardAsync(cursor, async () =>
        {
            var page = await insights.ConversationsAsync(caller.Tenant, filter, cursor, Paging.Limit(limit), ct);
            var seen = caller.Member is { } who ? await marks.OfAsync(who.Member, who.Tenant, [.. page.Items.Select(r => r.Row.Id.Value)], ct) : null;
            return new StaffConversationList([.. page.Items.Select(r => ToView(r, seen))], page.Next);
        });
    }

    public static async Task<Results<Ok<ConversationView>, Problem>> ReadAsync(
        string conversation, Caller caller, IConversations conversations, DeskPresence presence, int? after, CancellationToken ct)
    {
        var state = await conversations.ReadAsync(Entity.Conversation(caller.Tenant, new(conversation)), ct);
        return state.Customer is null
            ? Refusals.ToProblem(ConversationRefusal.NotFound)
            : TypedResults.Ok(state.ToStaffView(conversation, presence.Of(caller.Tenant, conversation), after ?? 0));
    }

    public static Task<Results<Ok<ConversationView>, Problem>> JoinAsync(
        string conversation, Caller caller, Body<AgentRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct) =>
        DoAsync(conversation, caller, conversations, new ConversationCommand.Join(Agent(caller, body.Value.Agent), clock.GetUtcNow()), ct);

    public static Task<Results<Ok<ConversationView>, Problem>> GiveBackAsync(
        string conversation, Caller caller, Body<AgentRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct) =>
        DoAsync(conversation, caller, conversations, new ConversationCommand.GiveBack(Agent(caller, body.Value.Agent), clock.GetUtcNow()), ct);

    public static Task<Results<Ok<ConversationView>, Problem>> ReplyAsync(
        string conversation, Caller caller, Body<AgentMessageRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.ClientId("clientId", r.ClientId);
        var agent = caller.Member?.Name ?? r.Agent;
        checks.Text("agent", agent, 100);
        checks.Text("text", r.Text, ConversationState.MaxTextLength);
        checks.ThrowIfAny();
        return DoAsync(conversation, caller, conversations, new ConversationCommand.Reply(r.ClientId!, agent, r.Text!, clock.GetUtcNow()), ct);
    }

    public static async Task<Results<NoContent, Problem>> TypingAsync(
        string conversation, Caller caller, Body<AgentTypingRequest> body, IConversations conversations, IFeeds feeds, CancellationToken ct)
    {
        var checks = new Checks();
        var typing = checks.Needed("typing", body.Value.Typing);
        checks.OptionalText("agent", body.Value.Agent, 100);
        checks.ThrowIfAny();
        var state = await conversations.ReadAsync(Entity.Conversation(caller.Tenant, new(conversation)), ct);
        if (state.Customer is not { } customer)
        {
            return Refusals.ToProblem(ConversationRefusal.NotFound);
        }

        feeds.Signal(
            new(caller.Tenant, customer), "typing",
            JsonSerializer.SerializeToUtf8Bytes(new TypingFrame(conversation, MessageAuthor.Agent, typing), GatewayJson.Default.TypingFrame));
        return TypedResults.NoContent();
    }

    public static Task<Results<Ok<ConversationView>, Problem>> MarkReadAsync(
        string conversation, Caller caller, Body<ReadRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        var upTo = checks.Needed("upTo", body.Value.UpTo);
        checks.ThrowIfAny();
        return DoAsync(conversation, caller, conversations, new ConversationCommand.MarkRead(MessageAuthor.Agent, upTo, clock.GetUtcNow()), ct);
    }

    private static async Task<Results<Ok<ConversationView>, Problem>> DoAsync(
        string conversation, Caller caller, IConversations conversations, ConversationCommand command, CancellationToken ct)
    {
        var key = Entity.Conversation(caller.Tenant, new(conversation));
        var reply = await conversations.HandleAsync(key, command, ct);
        return reply.Refusal is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Ok((await conversations.ReadAsync(key, ct)).ToView(conversation, forStaff: true));
    }

    /// <summary>A member acts under their own name, a key under the name it is told.</summary>
    private static string Agent(Caller caller, string? sent)
    {
        var agent = caller.Member?.Name ?? sent;
        var checks = new Checks();
        checks.Text("agent", agent, 100);
        checks.ThrowIfAny();
        return agent;
    }

    private static StaffConversationSummary ToView(DeskRow desk, IReadOnlyDictionary<string, int>? seen)
    {
        var r = desk.Row;
        return new(
            r.Id.Value, r.Customer.Value, r.CustomerName, r.Locale, r.Mode, r.Agent, r.Open, r.Messages, r.LastText, r.OpenedAt, r.LastAt, r.Score, desk.Assignee,
            seen is null ? null : Math.Max(0, r.Messages - seen.GetValueOrDefault(r.Id.Value)));
    }
}
