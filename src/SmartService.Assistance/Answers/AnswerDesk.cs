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
    public static EntityKey KeyOf(TenantId tenant) => new(tenant, tenant.Value);

    /// <param name="customer">Whose orders fill placeholders; null for nobody's.</param>
    public async ValueTask<AnswerContext> ContextAsync(TenantId tenant, CustomerId? customer, string? locale, CancellationToken ct)
    {
        var merchant = await tenants.ReadAsync(KeyOf(tenant), ct);
        var profile = merchant.Profile ?? new(tenant.Value, "en", "USD", "UTC");
        var shopper = customer is { } id ? await customers.ReadAsync(new(tenant, id.Value), ct) : CustomerState.Unknown;
        var language = Language.Of(locale) ?? Language.Of(shopper.Locale) ?? Language.Of(profile.Locale) ?? "en";
        return new(profile, merchant.Policy, shopper, await knowledge.ForAsync(tenant, ct), language, time.GetUtcNow());
    }

    /// <summary>Understands the text and gathers all that could be said to it.</summary>
    /// <param name="mayAnswer">False while a person holds the conversation: the question is logged, the bot is silent.</param>
    public async ValueTask<ReadQuestion> ReadAsync(
        TenantId tenant, CustomerId? customer, string clientId, string text, string locale, bool mayAnswer, CancellationToken ct)
    {
        var context = await ContextAsync(tenant, customer, locale, ct);
        var understood = await reader.ReadAsync(tenant, text, ct);
        context = context with { Language = Language.ToAnswer(text, understood?.Language, locale, context.Profile.Locale) };
        var composed = mayAnswer ? AnswerComposer.Compose(context, text, understood) : Composition.Nothing;
        var bot = context.Policy.Bot;
        var ask = new ConversationCommand.Ask(
            clientId, text, reader.Note(understood, context.Language),
            understood is null ? SureOnly(composed.Candidates, bot) : composed.Candidates,
            composed.Options, BotPhraseBook.Of(context.Policy.Tone, context.Language), bot, context.Now);
        return new(ask, understood);
    }

    public async ValueTask<BotPhrases> PhrasesAsync(TenantId tenant, string locale, CancellationToken ct)
    {
        var merchant = await tenants.ReadAsync(KeyOf(tenant), ct);
        return BotPhraseBook.Of(merchant.Policy.Tone, Language.Of(locale) ?? Language.Of(merchant.Profile?.Locale) ?? "en");
    }

    public async ValueTask<TenantPolicy> PolicyAsync(TenantId tenant, CancellationToken ct) => (await tenants.ReadAsync(KeyOf(tenant), ct)).Policy;

    /// <summary>Without the model nothing is asked back: an unsure match by words alone goes to a person.</summary>
    private static ImmutableArray<CandidateAnswer> SureOnly(ImmutableArray<CandidateAnswer> candidates, BotPolicy bot) =>
        [.. candidates.Where(candidate => candidate.Confidence >= bot.AnswerFrom)];
}
