using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Conversations;
using SmartService.Engine;
using SmartService.Engine.Feeds;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Push;

namespace SmartService.Gateway.Shoppers;

/// <summary>What a shopper does with a conversation besides writing in it.</summary>
internal static class ConversationMarks
{
    /// <summary>Kept in memory only: typing is forgotten after moments.</summary>
    public static async Task<Results<NoContent, Problem>> TypingAsync(
        string conversation, Caller caller, Body<TypingRequest> body, IConversations conversations, IFeeds feeds, IPresence presence, CancellationToken ct)
    {
        var typing = Needed("typing", body.Value.Typing);
        if (!await IsOwnAsync(conversation, caller, conversations, ct))
        {
            return Refusals.ToProblem(ConversationRefusal.NotFound);
        }

        presence.Typing(caller.Tenant, caller.Customer, typing);
        feeds.Signal(
            new(caller.Tenant, null), "typing",
            JsonSerializer.SerializeToUtf8Bytes(new TypingFrame(conversation, MessageAuthor.Customer, typing), GatewayJson.Default.TypingFrame));
        return TypedResults.NoContent();
    }

    public static Task<Results<NoContent, Problem>> ReadAsync(
        string conversation, Caller caller, Body<ReadRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct)
    {
        var upTo = Needed("upTo", body.Value.UpTo);
        return DoAsync(conversation, caller, conversations, new ConversationCommand.MarkRead(MessageAuthor.Customer, upTo, clock.GetUtcNow()), ct);
    }

    public static Task<Results<NoContent, Problem>> RateAnswerAsync(
        string conversation, int number, Caller caller, Body<HelpfulRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct)
    {
        var helpful = Needed("helpful", body.Value.Helpful);
        return DoAsync(conversation, caller, conversations, new ConversationCommand.RateAnswer(number, helpful, clock.GetUtcNow()), ct);
    }

    public static Task<Results<NoContent, Problem>> RateAsync(
        string conversation, Caller caller, Body<ScoreRequest> body, IConversations conversations, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        var score = checks.Needed("score", body.Value.Score);
        checks.OptionalText("comment", body.Value.Comment, 2000);
        checks.ThrowIfAny();
        return DoAsync(conversation, caller, conversations, new ConversationCommand.RateConversation(score, body.Value.Comment, clock.GetUtcNow()), ct);
    }

    public static Task<Results<NoContent, Problem>> CloseAsync(
        string conversation, Caller caller, IConversations conversations, TimeProvider clock, CancellationToken ct) =>
        DoAsync(conversation, caller, conversations, new ConversationCommand.Close(clock.GetUtcNow()), ct);

    private static async Task<Results<NoContent, Problem>> DoAsync(
        string conversation, Caller caller, IConversations conversations, ConversationCommand command, CancellationToken ct)
    {
        if (!await IsOwnAsync(conversation, caller, conversations, ct))
        {
            return Refusals.ToProblem(ConversationRefusal.NotFound);
        }

        var reply = await conversations.HandleAsync(Entity.Conversation(caller.Tenant, new(conversation)), command, ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }

    private static async ValueTask<bool> IsOwnAsync(string conversation, Caller caller, IConversations conversations, CancellationToken ct) =>
        (await conversations.ReadAsync(Entity.Conversation(caller.Tenant, new(conversation)), ct)).Customer == caller.Customer;

    private static T Needed<T>(string field, T? value)
        where T : struct
    {
        var checks = new Checks();
        var needed = checks.Needed(field, value);
        checks.ThrowIfAny();
        return needed;
    }
}
