using System.Collections.Immutable;
using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Gathers what an answer may be made of and turns a text into the command that asks it.</summary>
internal sealed class AnswerDesk(ITenants tenants, ICustomers customers, KnowledgeIndexes knowledge, QuestionReader reader, TimeProvider time)
{
    /// <summary>Surer than this a question that leans on the one before still stands by itself.</summary>
    private const double SureOfItself = 0.6;

    private readonly QuestionSplitter _splitter = new(reader);

    public static EntityKey KeyOf(TenantId tenant) => new(tenant, tenant.Value);

    /// <param name="customer">Whose orders fill placeholders; null for nobody's.</param>
    public async ValueTask<AnswerContext> ContextAsync(TenantId tenant, CustomerId? customer, string? locale, CancellationToken ct) =>
        await ContextForAsync(tenant, customer is { } id ? await customers.ReadRecentAsync(new(tenant, id.Value), ct) : CustomerState.Unknown, locale, ct);

    /// <summary>As <see cref="ContextAsync"/>, for whoever has read the customer already.</summary>
    public async ValueTask<AnswerContext> ContextForAsync(TenantId tenant, CustomerState shopper, string? locale, CancellationToken ct)
    {
        var merchant = await tenants.ReadAsync(KeyOf(tenant), ct);
        var profile = merchant.Profile ?? new(tenant.Value, "en", "USD", "UTC");
        var language = Language.Of(locale) ?? Language.Of(shopper.Locale) ?? Language.Of(profile.Locale) ?? "en";
        return new(profile, merchant.Policy, shopper, await knowledge.ForAsync(tenant, ct), language, time.GetUtcNow());
    }

    /// <summary>Understands the text and gathers all that could be said to it.</summary>
    /// <param name="conversation">What was said before; null when nothing was.</param>
    /// <param name="mayAnswer">False while a person holds the conversation: the question is logged, the bot is silent.</param>
    public async ValueTask<ReadQuestion> ReadAsync(
        TenantId tenant, CustomerId? customer, string clientId, string text, string locale, ConversationState? conversation, bool mayAnswer, CancellationToken ct)
    {
        var context = await ContextAsync(tenant, customer, locale, ct);
        var understood = await ReadAsync(tenant, text, context.Knowledge, ct);
        var thread = conversation is null ? ConversationThread.None : ConversationThread.Of(conversation);
        var language = Language.ToAnswer(text, understood?.Language, locale, context.Profile.Locale);
        context = context with { Language = Language.Spoken(language, context.Policy.Languages, context.Profile.Locale), LastOrder = thread.Order };
        var (composed, meant) = mayAnswer
            ? await ComposeAsync(tenant, context, text, understood, thread, conversation, ct)
            : (Composition.Nothing, understood);
        var bot = context.Policy.Bot;
        var ask = new ConversationCommand.Ask(
            clientId, text, reader.Note(tenant, meant, context.Language),
            meant is null ? SureOnly(composed.Candidates, bot) : composed.Candidates,
            composed.Options, BotPhraseBook.Of(context.Policy.Tone, context.Language, AwaySentence.At(context.Policy, context.Profile, context.Language, context.Now)), bot, context.Now)
        {
            Rules = context.Policy.HandOff,
        };
        return new(ask, meant);
    }

    public async ValueTask<BotPhrases> PhrasesAsync(TenantId tenant, string locale, CancellationToken ct)
    {
        var merchant = await tenants.ReadAsync(KeyOf(tenant), ct);
        var language = Language.Of(locale) ?? Language.Of(merchant.Profile?.Locale) ?? "en";
        return BotPhraseBook.Of(merchant.Policy.Tone, language, Away(merchant, language));
    }

    /// <summary>What is said to a question that is left to be answered later.</summary>
    public async ValueTask<string> LeavePhraseAsync(TenantId tenant, string locale, CancellationToken ct)
    {
        var merchant = await tenants.ReadAsync(KeyOf(tenant), ct);
        var language = Language.Of(locale) ?? Language.Of(merchant.Profile?.Locale) ?? "en";
        return BotPhraseBook.Leave(language, Away(merchant, language));
    }

    public async ValueTask<TenantPolicy> PolicyAsync(TenantId tenant, CancellationToken ct) => (await tenants.ReadAsync(KeyOf(tenant), ct)).Policy;

    private string? Away(TenantState merchant, string language) =>
        merchant.Profile is { } profile ? AwaySentence.At(merchant.Policy, profile, language, time.GetUtcNow()) : null;

    /// <summary>One question, a question that leans on the one before, or several questions in one message.</summary>
    private async ValueTask<(Composition Composed, MessageUnderstanding? Meant)> ComposeAsync(
        TenantId tenant, AnswerContext context, string text, MessageUnderstanding? understood, ConversationThread thread, ConversationState? conversation, CancellationToken ct)
    {
        var whole = AnswerComposer.Compose(context, text, understood);
        if (understood is null)
        {
            return (whole, null); // Nobody would know whether the parts are questions of their own, or what "it" is.
        }

        if (reader.Rests(tenant))
        {
            return (whole, understood); // A reading known from before; its parts and what it leans on would have to be read.
        }

        var parts = await _splitter.SplitAsync(tenant, text, ct);
        if (parts.Count > 1)
        {
            var joined = AnswerComposer.Join(context, [.. parts.Select(part => AnswerComposer.Compose(context, part.Text, part.Reading))], conversation);
            return joined is null ? (whole, understood) : (whole with { Candidates = [joined, .. whole.Candidates] }, parts[0].Reading);
        }

        return FollowUp.Leans(text) && thread.Topic is { } topic && thread.Before(text, IntentLabels.Of(topic, context.Language)) is { } leaning
            ? await LeanAsync(tenant, context, text, leaning, understood, whole, ct)
            : (whole, understood);
    }

    private async ValueTask<(Composition Composed, MessageUnderstanding? Meant)> LeanAsync(
        TenantId tenant, AnswerContext context, string text, string leaning, MessageUnderstanding own, Composition alone, CancellationToken ct)
    {
        if (await reader.ReadAsync(tenant, leaning, ct) is not { } meant)
        {
            return (alone, own);
        }

        var standsAlone = !FollowUp.PointsBack(text) && own.Best.Probability >= SureOfItself && own.Best.Intent != Intents.OutOfScope;
        var together = AnswerComposer.Compose(context, leaning, meant);
        return standsAlone
            ? (AnswerComposer.Merge(alone, together), own)
            : (AnswerComposer.Merge(together, alone), meant.Best.Intent == Intents.OutOfScope ? own : meant);
    }

    /// <summary>Reads a text; where the tenant has other words for something in it, in the words the model is surest of.</summary>
    private async ValueTask<MessageUnderstanding?> ReadAsync(TenantId tenant, string text, KnowledgeView known, CancellationToken ct)
    {
        var best = await reader.ReadAsync(tenant, text, ct);
        foreach (var reworded in best is null || reader.Rests(tenant) ? [] : known.Words.Rewordings(text))
        {
            best = await reader.ReadAsync(tenant, reworded, ct) is { } reading && Sureness(reading) > Sureness(best!) ? reading : best;
        }

        return best;
    }

    private static double Sureness(MessageUnderstanding reading) =>
        reading.Best.Intent == Intents.OutOfScope ? 0 : reading.Best.Probability * (1 - reading.OutOfScope);

    /// <summary>Without the model nothing is asked back: an unsure match by words alone goes to a person.</summary>
    private static ImmutableArray<CandidateAnswer> SureOnly(ImmutableArray<CandidateAnswer> candidates, BotPolicy bot) =>
        [.. candidates.Where(candidate => candidate.Confidence >= bot.AnswerFrom)];
}
