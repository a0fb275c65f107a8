using System.Collections.Immutable;
using SmartService.Assistance.Phrases;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>Makes answers of three kinds of facts: the customer's order, the merchant's Q&amp;A, the rules of small talk. Never of anything else.</summary>
internal static class AnswerComposer
{
    private const int MostCandidates = 5;
    private const int MostOptions = 3;
    private const double LeastOptionProbability = 0.08;

    /// <summary>Under it a candidate is noise and would only fill the log.</summary>
    private const double LeastConfidence = 0.05;

    /// <summary>A general answer is worth less than the facts of the very order.</summary>
    private const double GeneralBesideOrder = 0.8;

    /// <summary>An order number alone says "tell me of this order".</summary>
    private const double NamedOrder = 0.7;

    /// <summary>An item of the predicted intent answers a question nobody has put yet: good, not certain.</summary>
    private const double Foreseen = 0.8;
    private const double ForeseenOrder = 0.9;
    private const double SecondReading = 0.8;

    /// <param name="understanding">Null when the model failed: then the merchant's words alone decide.</param>
    public static Composition Compose(AnswerContext context, string text, MessageUnderstanding? understanding)
    {
        var query = RetrievalQuery.Of(text, understanding, context.Knowledge, context.Now);
        var named = OrderChoice.Named(text, context.Customer.Orders, out var other);
        var about = OrderChoice.ByProduct(text, context.Customer.Orders, context.Knowledge.Words)?.Id ?? context.LastOrder ?? context.Customer.ForecastOrder;
        var orderFact = understanding is null || other ? null : OrderAnswer(context, named, about, understanding);
        var answers = new List<CandidateAnswer>(MostCandidates);
        foreach (var answer in Merchant(context, query, named, about, other, orderFact))
        {
            Weigh(answers, answer, context.Policy);
        }

        if (orderFact is not null)
        {
            Weigh(answers, orderFact, context.Policy);
        }

        foreach (var answer in understanding is null ? [] : SmallTalk(context, understanding))
        {
            Weigh(answers, answer, context.Policy);
        }

        return new([.. answers], understanding is null ? [] : Options(context, understanding));
    }

    /// <summary>Keeps the surest answers in order; of two as sure the one that came first.</summary>
    private static void Weigh(List<CandidateAnswer> answers, CandidateAnswer answer, TenantPolicy policy)
    {
        if (!(answer.Confidence >= LeastConfidence))
        {
            return;
        }

        var at = answers.Count;
        while (at > 0 && answers[at - 1].Confidence < answer.Confidence)
        {
            at--;
        }

        if (at < MostCandidates && !HeldBack.Is(answer, policy))
        {
            if (answers.Count == MostCandidates)
            {
                answers.RemoveAt(MostCandidates - 1);
            }

            answers.Insert(at, answer);
        }
    }

    /// <summary>One answer to several questions: the best to each that has not been given, with all sources.</summary>
    /// <returns>Null when a part has no sure answer or only one has: then the message is answered as a whole.</returns>
    public static CandidateAnswer? Join(AnswerContext context, IReadOnlyList<Composition> parts, ConversationState? conversation)
    {
        var answers = parts.Select(part => part.Candidates.FirstOrDefault(answer => answer.Confidence >= context.Policy.Bot.AnswerFrom)).ToArray();
        if (Array.Exists(answers, answer => answer is null))
        {
            return null;
        }

        var said = answers.OfType<CandidateAnswer>().DistinctBy(answer => (answer.Source.Kind, answer.Source.Id, answer.Text))
            .Where(answer => conversation?.Messages.Exists(message => message.Author == MessageAuthor.Bot && message.Text.Contains(answer.Text, StringComparison.Ordinal)) != true)
            .ToArray();
        return said.Length < 2 ? null : said[0] with
        {
            Text = string.Join("\n\n", said.Select(answer => answer.Text)),
            Confidence = said.Min(answer => answer.Confidence),
            Actions = [.. said.SelectMany(answer => answer.Actions.IsDefault ? [] : answer.Actions).Distinct().Take(MostCandidates)],
            Also = [.. said.Skip(1).Select(answer => answer.Source)],
        };
    }

    /// <summary>What two readings of one question found; the second counts for less.</summary>
    public static Composition Merge(Composition first, Composition second) => new(
        [
            .. first.Candidates.Concat(second.Candidates.Select(answer => answer with { Confidence = answer.Confidence * SecondReading }))
                .OrderByDescending(answer => answer.Confidence)
                .DistinctBy(answer => (answer.Source.Kind, answer.Source.Id, answer.Text))
                .Take(MostCandidates),
        ],
        first.Options.IsEmpty ? second.Options : first.Options);

    /// <summary>The answer to a question foreseen but not put.</summary>
    /// <returns>Null when nothing known answers it.</returns>
    public static CandidateAnswer? ComposeFor(AnswerContext context, IntentId intent, OrderId? foreseen)
    {
        var order = OrderFor(context, intent, foreseen);
        var items = context.Knowledge.Index.For(intent, context.Language, context.Profile.Locale, context.Knowledge.Feedback.Downvotes, context.Now).ToArray();
        var ofOrder = order is null ? null : items.Where(item => item.NeedsOrder).Select(item => FromItem(context, item, intent, order, ForeseenOrder)).FirstOrDefault(answer => answer is not null);
        var fact = ofOrder is null && order is not null && OrderFacts.Say(intent, order, context) is { } said ? FromOrder(intent, order, said, ForeseenOrder) : null;
        var general = items.Where(item => !item.NeedsOrder).Select(item => FromItem(context, item, intent, null, Foreseen)).FirstOrDefault(answer => answer is not null);
        return new[] { ofOrder, fact, general }.FirstOrDefault(answer => answer is not null && !HeldBack.Is(answer, context.Policy));
    }

    /// <summary>The order a foreseen question is about.</summary>
    public static OrderSummary? OrderFor(AnswerContext context, IntentId intent, OrderId? foreseen)
    {
        if (foreseen is { } id && context.Customer.Orders.FirstOrDefault(order => order.Id == id) is { } named)
        {
            return named;
        }

        return OrderIntents.Contains(intent) ? OrderChoice.For(intent, context.Customer.Orders, null, context.Now) : null;
    }

    private static CandidateAnswer? OrderAnswer(AnswerContext context, OrderSummary? named, OrderId? about, MessageUnderstanding understanding)
    {
        var (intent, probability) = OrderIntent(understanding, named is not null);
        var order = named ?? OrderChoice.For(intent, context.Customer.Orders, about, context.Now);
        if (probability <= 0 || order is null || OrderFacts.Say(intent, order, context) is not { } said)
        {
            return null;
        }

        var confidence = named is null ? (1 - understanding.OutOfScope) * probability : Math.Max(NamedOrder, probability);
        return FromOrder(intent, order, said, Math.Clamp(confidence, 0, 1));
    }

    /// <summary>The likeliest question an order answers. The three questions after the parcel have one answer, so their probabilities add up.</summary>
    private static (IntentId Intent, double Probability) OrderIntent(MessageUnderstanding understanding, bool named)
    {
        var best = understanding.Top.Where(score => OrderIntents.Contains(score.Intent)).OrderByDescending(score => score.Probability).FirstOrDefault();
        if (best.Intent.Value is null)
        {
            var unclear = understanding.Best.Intent == Intents.OutOfScope || understanding.Best.Probability < 0.5;
            return named && unclear ? (Intents.OrderStatus, NamedOrder) : (Intents.OrderStatus, 0);
        }

        var probability = OrderIntents.Parcel.Contains(best.Intent)
            ? understanding.Top.Where(score => OrderIntents.Parcel.Contains(score.Intent)).Sum(score => (double)score.Probability)
            : best.Probability;
        return (best.Intent, probability);
    }

    /// <param name="about">The order the question is likely about, though it does not name it.</param>
    /// <param name="other">The text names an order that is not this customer's.</param>
    private static IEnumerable<CandidateAnswer> Merchant(
        AnswerContext context, RetrievalQuery query, OrderSummary? named, OrderId? about, bool other, CandidateAnswer? orderFact)
    {
        var found = context.Knowledge.Index.In(context.Language, context.Profile.Locale)?.Search(query, MostCandidates * 3) ?? [];
        foreach (var hit in found)
        {
            var item = hit.Item;
            var intent = item.Content.Intent ?? query.Intents.FirstOrDefault(score => score.Intent != Intents.OutOfScope).Intent;
            intent = intent.Value is null ? Intents.OutOfScope : intent;
            var order = other ? null : named ?? OrderChoice.For(intent, context.Customer.Orders, about, context.Now);
            var sameQuestion = orderFact is not null && IsSameQuestion(intent, orderFact.Intent);
            var confidence = (sameQuestion, item.NeedsOrder) switch
            {
                // The merchant's own words with the order's facts in them come before ours.
                (true, true) => Math.Min(1, Math.Max(hit.Confidence, orderFact!.Confidence) + 0.01),
                (true, false) => hit.Confidence * GeneralBesideOrder,
                _ => hit.Confidence,
            };
            if (FromItem(context, item, intent, order, confidence) is { } answer)
            {
                yield return answer;
            }
        }
    }

    private static bool IsSameQuestion(IntentId one, IntentId other) =>
        one == other || (OrderIntents.Parcel.Contains(one) && OrderIntents.Parcel.Contains(other));

    /// <returns>Null when the order does not bear the item's answer or a placeholder has no value.</returns>
    private static CandidateAnswer? FromItem(AnswerContext context, IndexedItem item, IntentId intent, OrderSummary? order, double confidence)
    {
        if (item.NeedsOrder && (order is null || !OrderIntents.Fits(item.Content.Intent, order, context.Now)))
        {
            return null;
        }

        return PlaceholderFiller.Fill(item.Content.Answer, context, order) is { } text
            ? new(intent, text, new("qna", item.Id.Value, item.Version.Version, item.Content.Question), confidence, item.Content.Actions.IsDefault ? [] : item.Content.Actions)
            : null;
    }

    private static CandidateAnswer FromOrder(IntentId intent, OrderSummary order, string said, double confidence) =>
        new(intent, said, SourceOf(order), confidence, []);

    public static AnswerSource SourceOf(OrderSummary order) => new("order", order.Id.Value, order.Version, order.Id.Value);

    private static IEnumerable<CandidateAnswer> SmallTalk(AnswerContext context, MessageUnderstanding understanding)
    {
        foreach (var (intent, probability) in understanding.Top)
        {
            if (RuleAnswers.Of(intent, context.Policy.Tone, context.Profile.Name, context.Language) is { } said)
            {
                yield return new(intent, said, new("rule", intent.Value, 0), (1 - understanding.OutOfScope) * probability, []);
            }
        }
    }

    private static ImmutableArray<ClarifyOption> Options(AnswerContext context, MessageUnderstanding understanding) =>
    [
        .. understanding.Top
            .Where(score => score.Probability >= LeastOptionProbability && IntentLabels.IsQuestion(score.Intent))
            .Take(MostOptions)
            .Select(score => (score.Intent, Label: Label(context, score.Intent)))
            .Where(option => option.Label is not null)
            .Select(option => new ClarifyOption(option.Intent, option.Label!)),
    ];

    /// <summary>The intent as a question: the merchant's wording where there is an item in the shopper's language.</summary>
    public static string? Label(AnswerContext context, IntentId intent) =>
        context.Knowledge.Index.FirstFor(intent, context.Language, context.Profile.Locale, context.Knowledge.Feedback.Downvotes, context.Now)?.Content.Question
        ?? IntentLabels.Of(intent, context.Language);
}
