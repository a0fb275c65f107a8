using System.Collections.Immutable;
using SmartService.Domain.Popups;
using static SmartService.Domain.Customers.CustomerEvent;

namespace SmartService.Domain.Customers;

/// <summary>Replay of facts.</summary>
public sealed partial class CustomerDecider
{
    private const int KeptOperations = 32;
    private const int KeptTopics = 8;
    private const int KeptClosedTopics = 64;
    private const int KeptConversations = 16;

    private static readonly IntentId NoTopic = new("");

    public static CustomerState Evolve(CustomerState state, CustomerEvent e)
    {
        if (state.IsErased)
        {
            throw new CorruptHistoryException(state, e);
        }

        var next = Apply(state, e);
        return next.IsErased || next.FirstSeen <= e.At ? next : next with { FirstSeen = e.At };
    }

    private static CustomerState Apply(CustomerState state, CustomerEvent e) => e switch
    {
        Visited v => state with { Visits = VisitRing.With(state.Visits, v.Visit) },
        OrderNoted o => OrderShelf.With(state, o.Order),
        ForecastMade f => state with { Forecast = f.Ranked.OrEmpty(), ForecastOrder = f.Order, ForecastProduct = f.Product },
        PopupOffered p => state with { Popups = PopupRing.With(state.Popups, Record(p)) },
        PopupWithheld p => state with { Popups = PopupRing.With(state.Popups, Record(p)) },
        PopupReported p => ApplyReport(state, p),
        SuggestionChosen s => state with
        {
            RecentTopics = Newest(state.RecentTopics, s.Topic, KeptTopics),
            Operations = Bounded.Append(state.Operations, s.OperationId, KeptOperations),
        },
        ConversationNoted c => ApplyConversation(state, c),
        Described d => state with
        {
            Name = d.Name ?? state.Name,
            Tier = d.Tier ?? state.Tier,
            Locale = d.Locale ?? state.Locale,
            Identified = state.Identified || d.Identified,
        },
        Adopted a => ApplyAdopted(state, a),
        Erased => CustomerState.Unknown with { IsErased = true },
        _ => throw new CorruptHistoryException(state, e),
    };

    private static PopupRecord Record(PopupOffered p) => new(
        p.Offer.Id, p.Offer.Topic, p.Offer.Order, p.Session, p.At, PopupOutcome.Offered, Withheld: false, p.Offer.Product, p.Offer.Cause);

    private static PopupRecord Record(PopupWithheld p) => new(
        p.Popup, p.Topic, p.Order, p.Session, p.At, PopupOutcome.Offered, Withheld: true, p.Product, p.Cause);

    private static CustomerState ApplyReport(CustomerState state, PopupReported p)
    {
        var known = PopupRing.Find(state.Popups, p.Popup);
        if (known < 0)
        {
            throw new CorruptHistoryException(state, p);
        }

        var popup = state.Popups[known] with { Outcome = p.Outcome };
        return CloseTopicOf(state with { Popups = state.Popups.SetItem(known, popup) }, popup);
    }

    private static CustomerState CloseTopicOf(CustomerState state, PopupRecord popup) =>
        popup.Outcome == PopupOutcome.Dismissed && !state.ClosedTopics.Contains(popup.Topic)
            ? state with { ClosedTopics = Bounded.Append(state.ClosedTopics, popup.Topic, KeptClosedTopics) }
            : state;

    private static CustomerState ApplyConversation(CustomerState state, ConversationNoted c)
    {
        var open = state.OpenConversations.IndexOf(c.Conversation);
        var topic = c.Topic ?? (open >= 0 ? state.OpenTopics[open] : NoTopic);
        var conversations = open < 0 ? state.OpenConversations : state.OpenConversations.RemoveAt(open);
        var topics = open < 0 ? state.OpenTopics : state.OpenTopics.RemoveAt(open);
        return state with
        {
            OpenConversations = c.Open ? Bounded.Append(conversations, c.Conversation, KeptConversations) : conversations,
            OpenTopics = c.Open ? Bounded.Append(topics, topic, KeptConversations) : topics,
            RecentTopics = c.Topic is { } asked ? Newest(state.RecentTopics, asked, KeptTopics) : state.RecentTopics,
        };
    }

    private static CustomerState ApplyAdopted(CustomerState state, Adopted a)
    {
        var visits = state.Visits;
        foreach (var visit in a.Visits.OrEmpty())
        {
            visits = VisitRing.Change(visits, visit) is { } news ? VisitRing.With(visits, news) : visits;
        }

        var next = state with { Visits = visits };
        foreach (var popup in a.Popups.OrEmpty())
        {
            next = CloseTopicOf(next with { Popups = PopupRing.With(next.Popups, popup) }, popup);
        }

        return next;
    }

    /// <summary>Puts a topic last; it stands in the list once.</summary>
    private static ImmutableArray<IntentId> Newest(ImmutableArray<IntentId> topics, IntentId topic, int most) =>
        Bounded.Append(topics.Remove(topic), topic, most);
}
