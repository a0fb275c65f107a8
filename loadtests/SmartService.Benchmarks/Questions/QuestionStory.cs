using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.Benchmarks.Questions;

/// <summary>What two stores of equal size heard in three months, in the order in which a journal would have it; the same for the same seed.</summary>
/// <remarks>The second store is there because an index that is fast in an empty house says nothing: its rows lie between the first one's.</remarks>
internal sealed class QuestionStory(int questions, uint seed)
{
    public const int Days = 90;
    public const int Shoppers = 20_000;
    private const int Batch = 5_000;

    public static readonly DateTimeOffset End = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<TenantId> Stores = [new("measured"), new("neighbour")];
    private readonly List<JournalledEvent> _batch = new(Batch);
    private uint _chance = seed;
    private long _position;

    public static TenantId Store => Stores[0];

    /// <summary>Batches of whole conversations.</summary>
    public IEnumerable<IReadOnlyList<JournalledEvent>> Batches()
    {
        var begin = End.AddDays(-Days);
        var step = TimeSpan.FromDays(Days) / questions;
        var conversation = 0;
        for (var asked = 0; asked < questions; conversation++)
        {
            var turns = Math.Min(1 + Chance(4), questions - asked);
            foreach (var store in Stores)
            {
                Tell(store, conversation, turns, begin + (step * asked));
            }

            asked += turns;
            if (_batch.Count >= Batch)
            {
                yield return _batch;
                _batch.Clear();
            }
        }

        yield return _batch;
    }

    private void Tell(TenantId store, int conversation, int turns, DateTimeOffset at)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c_{conversation:00000000}");
        var shopper = string.Create(CultureInfo.InvariantCulture, $"shopper-{Chance(Shoppers):00000}");
        var language = Chance(3);
        Add("customer", store, shopper, "customer-visited", new CustomerEvent.Visited(new(string.Create(CultureInfo.InvariantCulture, $"v_{_position}"), "s-1", at, PageType.Product), at), at);
        if (Chance(5) < 2)
        {
            Foresee(store, shopper, at);
        }

        Happened(store, id, new ConversationEvent.Opened(new(shopper), QuestionTexts.Languages[language], null, at));
        var number = 1;
        for (var turn = 0; turn < turns; turn++)
        {
            at = at.AddSeconds(20 + Chance(60));
            number = Exchange(store, id, number, language, at);
        }

        if (Chance(8) == 0)
        {
            Happened(store, id, new ConversationEvent.ConversationRated(1 + Chance(5), null, at.AddMinutes(2)));
        }

        if (Chance(2) == 0)
        {
            Happened(store, id, new ConversationEvent.Closed(at.AddMinutes(9)));
        }
    }

    /// <summary>A question and what came of it.</summary>
    /// <returns>The next message's number.</returns>
    private int Exchange(TenantId store, string id, int number, int language, DateTimeOffset at)
    {
        var topic = Topic();
        var intent = new IntentId(QuestionTexts.Intents[topic]);
        var text = QuestionTexts.Question(language, topic, Chance(int.MaxValue));
        Happened(store, id, new ConversationEvent.CustomerAsked(
            number, $"m_{number:00000000}", text, new(intent, 0.3f + (Chance(700) / 1000f), Chance(300) / 1000f, QuestionTexts.Languages[language], "intent@9c41"), at));
        var reply = number + 1;
        switch (Chance(20))
        {
            case < 14:
                Happened(store, id, new ConversationEvent.BotAnswered(
                    reply, number, intent, QuestionTexts.Answer(language, topic), new(Chance(6) == 0 ? "rule" : "qna", $"item-{topic:000}", 1 + Chance(3), "…"),
                    0.5f + (Chance(500) / 1000f), [], at.AddSeconds(1)));
                if (Chance(10) == 0)
                {
                    Happened(store, id, new ConversationEvent.AnswerRated(reply, Chance(4) > 0, at.AddSeconds(9)));
                }

                return reply + 1;
            case < 16:
                Happened(store, id, new ConversationEvent.BotClarified(reply, number, "?", [], at.AddSeconds(1)));
                return reply + 1;
            case < 19:
                Happened(store, id, new ConversationEvent.HandedOff(reply, number, "…", (HandOffReason)Chance(7), at.AddSeconds(1)));
                if (Chance(2) == 0)
                {
                    Happened(store, id, new ConversationEvent.AgentReplied(reply + 1, $"a_{reply:00000000}", "mia", QuestionTexts.Answer(language, topic), at.AddMinutes(3)));
                    return reply + 2;
                }

                return reply + 1;
            default:
                return reply;
        }
    }

    private void Foresee(TenantId store, string shopper, DateTimeOffset at)
    {
        ImmutableArray<IntentScore> ranked = [.. Enumerable.Range(0, 3).Select(place => new IntentScore(new(QuestionTexts.Intents[Topic()]), 0.6f - (0.2f * place)))];
        Add("customer", store, shopper, "customer-forecast-made", new CustomerEvent.ForecastMade(ranked, null, null, "next@77aa", at), at);
        if (Chance(2) == 0)
        {
            return;
        }

        var popup = new PopupId(string.Create(CultureInfo.InvariantCulture, $"p_{_position:0000000000}"));
        if (Chance(20) == 0)
        {
            Add("customer", store, shopper, "customer-popup-withheld", new CustomerEvent.PopupWithheld(popup, ranked[0].Intent, null, "likely", 0.6, "s-1", at), at);
            return;
        }

        Add("customer", store, shopper, "customer-popup-offered", new CustomerEvent.PopupOffered(
            new(popup, ranked[0].Intent, null, null, "…", "…", "likely", "…", [], [], 0.6), "s-1", at), at);
        Add("customer", store, shopper, "customer-popup-reported", new CustomerEvent.PopupReported(popup, (PopupOutcome)Chance(4), at.AddSeconds(4)), at.AddSeconds(4));
    }

    private void Happened(TenantId store, string conversation, ConversationEvent e) => Add("conversation", store, conversation, "conversation", e, e.At);

    private void Add(string region, TenantId store, string id, string kind, object e, DateTimeOffset at) =>
        _batch.Add(new(++_position, region, new(store, id), 1, kind, e, at));

    /// <summary>Few topics are asked often and most seldom: the lower of three draws.</summary>
    private int Topic() => Math.Min(Chance(QuestionTexts.Intents.Length), Math.Min(Chance(QuestionTexts.Intents.Length), Chance(QuestionTexts.Intents.Length)));

    /// <summary>0 to below <paramref name="below"/>: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003).</summary>
    private int Chance(int below)
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 17;
        _chance ^= _chance << 5;
        return (int)(_chance % (uint)below);
    }
}
