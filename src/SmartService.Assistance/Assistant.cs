using System.Collections.Immutable;
using SmartService.Assistance.Answers;
using SmartService.Assistance.Anticipation;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Assistance;

internal sealed class Assistant(IConversations conversations, AnswerDesk desk, HelpArchive archive, TimeProvider time) : IAssistant
{
    public async ValueTask<ConversationResult> OpenAsync(
        TenantId tenant, CustomerId customer, ConversationId conversation, string locale, string? channel, PopupId? popup, CancellationToken ct)
    {
        var offer = popup is { } id ? await archive.FindAsync(tenant, customer, id, ct) : null;
        var key = new EntityKey(tenant, conversation.Value);
        var open = new ConversationCommand.Open(customer, LocaleOf(locale), channel, offer, time.GetUtcNow());
        var (reply, state) = await conversations.HandleAndReadAsync(key, open, ct);
        return reply.Refusal is { } refusal ? Refused(state, customer, refusal) : new(state, 0, Answers(state, 0, offer), null);
    }

    public async ValueTask<ConversationResult> AskAsync(
        TenantId tenant, CustomerId customer, ConversationId conversation, string clientId, string text, string locale, CancellationToken ct)
    {
        var key = new EntityKey(tenant, conversation.Value);
        var before = await conversations.ReadRecentAsync(key, ct);
        if (before.Customer is { } owner && owner != customer)
        {
            return Refused(before, customer, ConversationRefusal.BelongsToAnother);
        }

        if (NumberOf(before, clientId) is > 0 and var known)
        {
            return Result(before, known);
        }

        var read = await desk.ReadAsync(tenant, customer, clientId, text, locale, before, mayAnswer: before.Mode == ConversationMode.Bot, ct);
        var ask = before.Customer is null ? read.Ask with { Opens = new(customer, LocaleOf(locale), null, null, read.Ask.At) } : read.Ask;
        var (reply, after) = await conversations.HandleAndReadAsync(key, ask, ct);
        return reply.Refusal is { } refusal ? Refused(after, customer, refusal) : Result(after, NumberOf(after, clientId));
    }

    public async ValueTask<ConversationResult> RequestPersonAsync(
        TenantId tenant, CustomerId customer, ConversationId conversation, string operationId, CancellationToken ct)
    {
        var key = new EntityKey(tenant, conversation.Value);
        var before = await conversations.ReadAsync(key, ct);
        if (before.Customer != customer)
        {
            return Refused(before, customer, before.Customer is null ? ConversationRefusal.NotFound : ConversationRefusal.BelongsToAnother);
        }

        var request = new ConversationCommand.RequestPerson(operationId, await desk.PhrasesAsync(tenant, before.Locale, ct), time.GetUtcNow());
        var reply = await conversations.HandleAsync(key, request, ct);
        var after = await conversations.ReadAsync(key, ct);
        var handOff = after.Messages.LastOrDefault(message => message is { Author: MessageAuthor.System, Replies: 0 });
        return new(after, 0, handOff is null || reply.Refusal is not null ? [] : [handOff], reply.Refusal);
    }

    public async ValueTask<ConversationResult> LeaveAsync(
        TenantId tenant, CustomerId customer, ConversationId conversation, string operationId, string clientId, string text, string? contact, string locale, CancellationToken ct)
    {
        if (await OpenAsync(tenant, customer, conversation, locale, null, null, ct) is { Refusal: not null } refused)
        {
            return refused;
        }

        var key = new EntityKey(tenant, conversation.Value);
        var leave = new ConversationCommand.RequestCallBack(
            operationId, clientId, text, contact, await desk.LeavePhraseAsync(tenant, locale, ct), QuestionReader.Unread(LocaleOf(locale)), time.GetUtcNow());
        var reply = await conversations.HandleAsync(key, leave, ct);
        var after = await conversations.ReadAsync(key, ct);
        return reply.Refusal is { } refusal ? Refused(after, customer, refusal) : Result(after, NumberOf(after, clientId));
    }

    public async ValueTask<Rehearsal> RehearseAsync(TenantId tenant, string text, string locale, CustomerId? customer, CancellationToken ct)
    {
        var read = await desk.ReadAsync(tenant, customer, "rehearsal", text, locale, null, mayAnswer: true, ct);
        var said = Rehearse(read.Ask, customer ?? new("rehearsal"), LocaleOf(locale));
        return new(read.Ask.Reading, read.Understanding?.Top ?? [], read.Ask.Candidates, ActionOf(said), TextOf(said)) { Options = read.Ask.Options };
    }

    /// <summary>The conversation's own rules decide, on a conversation that is never written.</summary>
    private static ConversationEvent? Rehearse(ConversationCommand.Ask ask, CustomerId customer, string locale)
    {
        var opened = ConversationDecider.Evolve(ConversationDecider.Initial, new ConversationEvent.Opened(customer, locale, null, ask.At));
        var decision = ConversationDecider.Decide(opened, ask);
        return decision.Events.IsEmpty ? null : decision.Events[^1];
    }

    private static QuestionAction ActionOf(ConversationEvent? said) => said switch
    {
        ConversationEvent.BotAnswered => QuestionAction.Answer,
        ConversationEvent.BotClarified => QuestionAction.Clarify,
        _ => QuestionAction.HandOff,
    };

    private static string TextOf(ConversationEvent? said) => said switch
    {
        ConversationEvent.BotAnswered answered => answered.Text,
        ConversationEvent.BotClarified clarified => clarified.Text,
        ConversationEvent.HandedOff handedOff => handedOff.Text,
        _ => "",
    };

    /// <summary>Nothing of another customer's conversation may be seen.</summary>
    private static ConversationResult Refused(ConversationState state, CustomerId customer, ConversationRefusal refusal) =>
        new(state.Customer == customer ? state : ConversationState.Absent, 0, [], refusal);

    private static ConversationResult Result(ConversationState state, int number) => new(state, number, Answers(state, number, null), null);

    private static ImmutableArray<Message> Answers(ConversationState state, int number, HelpOffer? offer) => number > 0
        ? Replies(state, number)
        : [.. state.Messages.Where(message => offer is not null && message is { Author: MessageAuthor.Bot, Replies: 0 } && message.Text == offer.Answer)];

    /// <summary>What was said to one message stands behind it.</summary>
    private static ImmutableArray<Message> Replies(ConversationState state, int number)
    {
        var replies = ImmutableArray.CreateBuilder<Message>(1);
        for (var i = number; i < state.Messages.Count; i++)
        {
            if (state.Messages[i] is var message && message.Replies == number)
            {
                replies.Add(message);
            }
        }

        return replies.DrainToImmutable();
    }

    private static int NumberOf(ConversationState state, string clientId) =>
        state.NumberOf(clientId) is > 0 and var number && state.Messages[number - 1].Author == MessageAuthor.Customer ? number : 0;

    private static string LocaleOf(string locale) => Language.Of(locale) ?? "en";
}
