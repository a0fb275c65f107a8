using Microsoft.Extensions.DependencyInjection;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Queries;

namespace SmartService.Benchmarks.Questions;

/// <summary>Every filter and search of the question log, alone and where they meet badly; the desk's list; the figures.</summary>
internal static class QuestionQueries
{
    private static readonly DateTimeOffset End = QuestionStory.End;

    public static IEnumerable<Query> All(IServiceProvider services, int rows)
    {
        var (log, insights) = (services.GetRequiredService<IQuestionLog>(), services.GetRequiredService<IInsights>());
        var (directory, popups) = (services.GetRequiredService<IDirectory>(), services.GetRequiredService<IPopupOutcomes>());
        return Filters().Concat(Searches()).Select(f => Search(log, f.Name, f.Filter, rows))
            .Append(new("the log: its 1,000th page", DeepPage(log, rows)))
            .Concat(Desk(insights, rows))
            .Concat(Figures(insights, directory, popups))
            .Append(new("customers: by name, none such", async () => (await directory.CustomersAsync(QuestionStory.Store, "nobody", null, rows, default)).Items.Count));
    }

    private static IEnumerable<(string Name, QuestionFilter Filter)> Filters()
    {
        yield return ("no filter", new());
        yield return ("intent, often", new(Intent: new("order.status")));
        yield return ("intent, seldom", new(Intent: new("delivery.overseas")));
        yield return ("intent, never", new(Intent: new("chat.goodbye")));
        foreach (var kind in new[] { "rule", "qna", "order" })
        {
            yield return ($"source {kind}", new(SourceKind: kind));
        }

        yield return ("source's id", new(SourceId: "item-019"));
        yield return ("source's id, never", new(SourceId: "item-none"));
        yield return ("confidence from 0.999", new(MinConfidence: 0.999));
        yield return ("confidence to 0.3", new(MaxConfidence: 0.3));
        yield return ("confidence 1 to 1, never", new(MinConfidence: 1, MaxConfidence: 1));
        yield return ("unanswered", new(Unanswered: true));
        yield return ("not unanswered", new(Unanswered: false));
        foreach (var outcome in Enum.GetValues<QuestionOutcome>())
        {
            yield return ($"outcome {outcome}", new(Outcome: outcome));
        }

        foreach (var reason in Enum.GetValues<HandOffReason>())
        {
            yield return ($"reason {reason}", new(Reason: reason));
        }

        foreach (var language in QuestionTexts.Languages)
        {
            yield return ($"language {language}", new(Language: language));
        }

        yield return ("customer", new(Customer: new("shopper-00042")));
        yield return ("foreseen first", new(Foreseen: 1));
        yield return ("foreseen among three", new(Foreseen: 3));
        yield return ("foreseen, had others", new(Foreseen: 0));
        yield return ("from: the last day", new(From: End.AddDays(-1)));
        yield return ("from and to: one day, 80 days ago", new(From: End.AddDays(-80), To: End.AddDays(-79)));
        yield return ("to: before anything", new(To: End.AddDays(-200)));
        yield return ("from: after everything", new(From: End.AddDays(2)));
        yield return ("unanswered, Korean, over 0.99", new(Unanswered: true, Language: "ko", MinConfidence: 0.99));
        yield return ("answered by a person, Chinese, foreseen, rule", new(Outcome: QuestionOutcome.AgentAnswered, Language: "zh", Foreseen: 1, SourceKind: "rule"));
        yield return ("seldom intent, English, unanswered, 80 days ago", new(Intent: new("delivery.overseas"), Language: "en", Unanswered: true, From: End.AddDays(-80), To: End.AddDays(-79)));
        yield return ("a language that never meets its reason", new(Language: "en", Reason: HandOffReason.Complaint, MaxConfidence: 0.3001));
    }

    private static IEnumerable<(string Name, QuestionFilter Filter)> Searches()
    {
        foreach (var text in new[]
        {
            "환불은", "배송", "반품", "무선 이어폰", "배송비는 얼마", "없는낱말", "없음", "订单", "退款", "发票", "优惠券", "无线耳机", "没有的", "鲸鱼", "order", "refund", "delivery address",
            "earbuds refund", "NP-00042", "NP-99", "np", "zz", "nothing like this", "How long does delivery take", "the", "o",
        })
        {
            yield return ($"text '{text}'", new(Text: text));
        }

        yield return ("text 'order', unanswered", new(Text: "order", Unanswered: true));
        yield return ("text '환불', one day 80 days ago", new(Text: "환불", From: End.AddDays(-80), To: End.AddDays(-79)));
        yield return ("text 'order', Korean: never", new(Text: "order", Language: "ko"));
        yield return ("text 'earbuds', seldom intent", new(Text: "earbuds", Intent: new("delivery.overseas")));
        yield return ("text '订单', reason, over 0.99", new(Text: "订单", Reason: HandOffReason.Requested, MinConfidence: 0.99));
        yield return ("text 'order', of one customer", new(Text: "order", Customer: new("shopper-00042")));
    }

    private static IEnumerable<Query> Desk(IInsights insights, int rows)
    {
        Query Of(string name, DeskFilter filter) => new($"desk: {name}", async () => (await insights.ConversationsAsync(QuestionStory.Store, filter, null, rows, default)).Items.Count);
        yield return Of("no filter", new());
        yield return Of("a person's", new(Mode: ConversationMode.Human));
        yield return Of("the bot's, open", new(Mode: ConversationMode.Bot, Open: true));
        yield return Of("of a customer", new(Customer: new("shopper-00042")));
        yield return Of("assigned to one who has none", new(Assignee: "mem_none"));
        yield return Of("handed off", new(HandedOff: true));
        yield return Of("resolved by the bot", new(Resolved: true));
        yield return Of("scored 1", new(Score: 1));
        yield return Of("waiting", new(Waiting: true));
        yield return Of("opened one day 80 days ago", new(From: End.AddDays(-80), To: End.AddDays(-79)));
        foreach (var popup in new[] { "offered", "seen", "opened", "dismissed", "ignored", "helpful", "withheld" })
        {
            yield return Of($"popup {popup}, 90 days", new(Popup: popup, From: End.AddDays(-QuestionStory.Days), To: End));
        }
    }

    private static IEnumerable<Query> Figures(IInsights insights, IDirectory directory, IPopupOutcomes popups)
    {
        var store = QuestionStory.Store;
        foreach (var days in new[] { 1, 7, 30, QuestionStory.Days })
        {
            var from = End.AddDays(-days);
            yield return new($"figures, {days} days: series", async () => (await insights.SeriesAsync(store, from, End, default)).Count);
            yield return new($"figures, {days} days: first response", async () => (int)(await insights.ResponsesAsync(store, from, End, default)).BotCount);
            yield return new($"figures, {days} days: hit@1 and hit@3", async () => (await insights.ForesightAsync(store, from, End, default)).Count);
            yield return new($"figures, {days} days: intents", async () => (await insights.IntentsAsync(store, from, End, default)).Count);
            yield return new($"figures, {days} days: totals", async () => (int)(await directory.FiguresAsync(store, from, End, default)).Questions);
            yield return new($"figures, {days} days: lift against the holdout", async () => (int)(await popups.GroupsAsync(store, from, End, default)).Shown.Customers);
            yield return new($"policy's preview, {days} days: likeliest", async () => (await insights.LikeliestAsync(store, from, End, 50_000, default)).Count);
        }

        yield return new("live: seen in the last day", async () => (await insights.LiveAsync(store, End.AddDays(-1), 200, default)).Shoppers.Count);
        yield return new("first signs", async () => (await insights.FirstSignsAsync(store, default)).Question is null ? 0 : 1);
        yield return new("what the popups learn from", async () => (await popups.NewestAsync(store, 5_000, default)).Count);
    }

    private static Query Search(IQuestionLog log, string name, QuestionFilter filter, int rows) =>
        new($"the log: {name}", async () => (await log.SearchAsync(QuestionStory.Store, filter, null, rows, default)).Items.Count);

    /// <summary>Walked to once; what is measured is the page.</summary>
    private static Func<Task<int>> DeepPage(IQuestionLog log, int rows)
    {
        string? deep = null;
        return async () =>
        {
            if (deep is null)
            {
                for (var page = 0; page < rows * 1_000 / 200; page++)
                {
                    deep = (await log.SearchAsync(QuestionStory.Store, new(), deep, 200, default)).Next;
                }
            }

            return (await log.SearchAsync(QuestionStory.Store, new(), deep, rows, default)).Items.Count;
        };
    }
}
