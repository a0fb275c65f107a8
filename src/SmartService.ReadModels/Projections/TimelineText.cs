using System.Globalization;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Texts;

namespace SmartService.ReadModels.Projections;

/// <summary>One line a person can read for each event of a timeline.</summary>
internal static class TimelineText
{
    private const int MostLength = 200;

    public static string Of(object e) => Cut(e switch
    {
        CustomerEvent customer => Of(customer),
        ConversationEvent conversation => Of(conversation),
        OrderEvent order => Of(order),
        _ => e.GetType().Name,
    });

    private static string Of(CustomerEvent e) => e switch
    {
        CustomerEvent.Visited { Visit: var visit } => Visit(visit),
        CustomerEvent.Described d => $"Described{(d.Name is null ? "" : " as " + d.Name)}{(d.Identified ? ", signed in" : "")}",
        CustomerEvent.ForecastMade { Ranked: { IsDefaultOrEmpty: false } ranked } forecast => Text(
            $"Likely to ask {ranked[0].Intent} ({ranked[0].Probability:P0}){(forecast.Order is { } order ? $" about order {order}" : "")}"),
        CustomerEvent.ForecastMade => "Likely to ask nothing",
        CustomerEvent.PopupOffered { Offer: var offer } => Text($"Popup offered on {offer.Topic} ({offer.Probability:P0}): {offer.Why}"),
        CustomerEvent.PopupWithheld w => Text($"Popup on {w.Topic} withheld from the holdout group ({w.Probability:P0})"),
        CustomerEvent.PopupReported r => $"Popup {r.Outcome.ToString().ToLowerInvariant()}",
        CustomerEvent.SuggestionChosen s => Text($"Chose the suggestion {s.Topic} (rank {s.Rank})"),
        CustomerEvent.Adopted a => $"Signed in; took over what {a.Anonymous} saw",
        CustomerEvent.Erased => "Forgotten on request",
        _ => e.GetType().Name,
    };

    private static string Visit(PageVisit visit)
    {
        var error = visit.Error == PageError.None ? "" : $", error {visit.Error}";
        var dwell = visit.DwellSeconds == 0 ? "" : Text($", {visit.DwellSeconds} s");
        return $"Visited {visit.Page.ToString().ToLowerInvariant()}{(visit.Subject is null ? "" : " " + visit.Subject)}{dwell}{error}";
    }

    private static string Of(ConversationEvent e) => e switch
    {
        ConversationEvent.Opened => "Opened a chat",
        ConversationEvent.CustomerAsked a => Text($"Asked ({a.Reading.Intent}, {a.Reading.Confidence:P0}): {TextMask.Mask(a.Text)}"),
        ConversationEvent.BotAnswered b => Text($"Bot answered from {b.Source.Kind} {b.Source.Id} ({b.Confidence:P0}): {b.Text}"),
        ConversationEvent.BotClarified b => $"Bot asked back: {b.Text}",
        ConversationEvent.HandedOff h => $"Handed off ({h.Reason})",
        ConversationEvent.AgentJoined j => $"{j.Agent} joined",
        ConversationEvent.AgentReplied r => $"{r.Agent}: {TextMask.Mask(r.Text)}",
        ConversationEvent.GivenBack g => $"{g.Agent} gave the chat back to the bot",
        ConversationEvent.AnswerRated r => Text($"Said that message {r.Number} {(r.Helpful ? "helped" : "did not help")}"),
        ConversationEvent.ConversationRated r => Text($"Rated the chat {r.Score} of 5{(r.Comment is null ? "" : ": " + r.Comment)}"),
        ConversationEvent.Assigned a => a.Member is null ? $"{a.By} gave it to nobody" : $"{a.By} gave it to {a.Name}",
        ConversationEvent.Closed => "Closed the chat",
        ConversationEvent.Erased => "Chat forgotten on request",
        _ => e.GetType().Name,
    };

    private static string Of(OrderEvent e) => e switch
    {
        OrderEvent.Placed p => Text($"Ordered for {p.Total} {p.Currency}, {p.Lines.Length} {(p.Lines.Length == 1 ? "line" : "lines")}"),
        OrderEvent.PaymentNoted p => $"Payment {p.State}{(p.Method is null ? "" : " by " + p.Method)}",
        OrderEvent.Shipped s => Text($"Shipped with {s.Carrier} {s.Number}{(s.PromisedAt is { } day ? $", promised {day:yyyy-MM-dd}" : "")}"),
        OrderEvent.CheckpointNoted { Checkpoint: var c } => Text($"Parcel {c.Status}{(c.Place is null ? "" : " in " + c.Place)}{(c.Eta is { } eta ? $", expected {eta:yyyy-MM-dd}" : "")}"),
        OrderEvent.ReportedMissing => "Says the parcel never came",
        OrderEvent.RefundRequested r => Text($"Refund of {r.Amount} requested"),
        OrderEvent.RefundPaid => "Refund paid",
        OrderEvent.Cancelled c => $"Order cancelled{(c.Reason is null ? "" : ": " + c.Reason)}",
        _ => e.GetType().Name,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= MostLength ? text : string.Concat(text.AsSpan(0, MostLength - 1), "…");
}
