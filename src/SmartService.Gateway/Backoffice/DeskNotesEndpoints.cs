using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Members;
using SmartService.Domain.Conversations;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Backoffice;

/// <summary>What staff keep among themselves: notes, whose conversation it is, who looks at it, what is unread for whom.</summary>
internal static class DeskNotesEndpoints
{
    private const int MostUnread = 200;

    public static Task<Results<Ok<ConversationView>, Problem>> NoteAsync(
        string conversation, Caller caller, Body<NoteRequest> body, IConversations conversations, DeskPresence presence, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.ClientId("clientId", r.ClientId);
        checks.Text("text", r.Text, ConversationState.MaxTextLength);
        checks.OptionalText("agent", r.Agent, 100);
        checks.ThrowIfAny();
        return DoAsync(
            conversation, caller, conversations, presence, new ConversationCommand.AddNote(r.ClientId!, caller.AuthorOr(r.Agent), r.Text!, clock.GetUtcNow()), ct);
    }

    public static async Task<Results<Ok<ConversationView>, Problem>> AssignAsync(
        string conversation, HttpContext context, Caller caller, Body<AssigneeRequest> body, IConversations conversations, Team team, DeskPresence presence, TimeProvider clock,
        CancellationToken ct)
    {
        Colleague? member = null;
        if (body.Value.Member is { } id && (member = await team.FindAsync(caller.Tenant.Value, id, ct)) is null)
        {
            return Problems.NotFound("No such member");
        }

        AuditNote.Of(context).With("member", member?.Id);
        return await DoAsync(
            conversation, caller, conversations, presence, new ConversationCommand.Assign(member?.Id, member?.Name, caller.Author, clock.GetUtcNow()), ct);
    }

    public static async Task<Results<Ok<PresenceAnswer>, Problem>> BeatAsync(
        string conversation, Caller caller, Body<PresenceRequest> body, IConversations conversations, DeskPresence presence, CancellationToken ct)
    {
        var checks = new Checks();
        var viewing = checks.Needed("viewing", body.Value.Viewing);
        checks.OptionalText("agent", body.Value.Agent, 100);
        checks.ThrowIfAny();
        if ((await conversations.ReadAsync(Entity.Conversation(caller.Tenant, new(conversation)), ct)).Customer is null)
        {
            return Refusals.ToProblem(ConversationRefusal.NotFound);
        }

        var present = presence.Beat(caller.Tenant, conversation, caller.Actor.Id, caller.AuthorOr(body.Value.Agent), viewing, body.Value.Typing ?? false);
        return TypedResults.Ok(new PresenceAnswer(present));
    }

    public static async Task<Results<NoContent, Problem>> SeenAsync(
        string conversation, Caller caller, Body<ReadRequest> body, IConversations conversations, SeenMarks marks, CancellationToken ct)
    {
        var checks = new Checks();
        var upTo = checks.Needed("upTo", body.Value.UpTo);
        checks.Range("upTo", body.Value.UpTo, 0, ConversationState.MaxMessages);
        checks.ThrowIfAny();
        var state = await conversations.ReadAsync(Entity.Conversation(caller.Tenant, new(conversation)), ct);
        if (state.Customer is null)
        {
            return Refusals.ToProblem(ConversationRefusal.NotFound);
        }

        await marks.MarkAsync(caller.Member!.Member, caller.Tenant.Value, conversation, Math.Min(upTo, state.Messages.Count), ct);
        return TypedResults.NoContent();
    }

    public static async Task<Ok<UnreadAnswer>> UnreadAsync(Caller caller, IInsights insights, SeenMarks marks, CancellationToken ct)
    {
        var who = caller.Member!;
        var page = await insights.ConversationsAsync(caller.Tenant, new(ConversationMode.Human, Open: true), null, MostUnread, ct);
        var seen = await marks.OfAsync(who.Member, who.Tenant, [.. page.Items.Select(r => r.Row.Id.Value)], ct);
        var unread = page.Items
            .Select(r => (r.Row.Id.Value, r.Assignee, Unread: Math.Max(0, r.Row.Messages - seen.GetValueOrDefault(r.Row.Id.Value))))
            .Where(r => r.Unread > 0).ToList();
        return TypedResults.Ok(new UnreadAnswer(
            unread.Sum(r => r.Unread), unread.Where(r => r.Assignee == who.Member).Sum(r => r.Unread), [.. unread.Select(r => new UnreadRow(r.Value, r.Unread))]));
    }

    private static async Task<Results<Ok<ConversationView>, Problem>> DoAsync(
        string conversation, Caller caller, IConversations conversations, DeskPresence presence, ConversationCommand command, CancellationToken ct)
    {
        var key = Entity.Conversation(caller.Tenant, new(conversation));
        var reply = await conversations.HandleAsync(key, command, ct);
        return reply.Refusal is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Ok((await conversations.ReadAsync(key, ct)).ToStaffView(conversation, presence.Of(caller.Tenant, conversation)));
    }
}
