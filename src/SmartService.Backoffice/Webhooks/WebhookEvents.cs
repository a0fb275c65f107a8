using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Backoffice.Webhooks;

/// <summary>What webhooks can be told of, and what of it they are told: ids and kinds, never what a shopper wrote.</summary>
public static class WebhookEvents
{
    public const string Test = "test";

    public static ImmutableArray<string> All { get; } =
    [
        "conversation.opened", "conversation.handed_off", "conversation.closed", "conversation.rated", "question.unanswered", "order.late", "popup.opened",
        "popup.dismissed",
    ];

    /// <param name="Source">The same happening has the same source: it is delivered once.</param>
    internal sealed record Happening(string Event, string Source, JsonObject Data);

    internal static IEnumerable<Happening> Of(JournalledEvent e) => e.Event switch
    {
        ConversationEvent.Opened o => [At(e, "conversation.opened", new() { ["conversation"] = e.Entity.Id, ["customer"] = o.Customer.Value, ["locale"] = o.Locale })],
        ConversationEvent.HandedOff h => HandedOff(e, h),
        ConversationEvent.Closed => [At(e, "conversation.closed", new() { ["conversation"] = e.Entity.Id })],
        ConversationEvent.ConversationRated r => [At(e, "conversation.rated", new() { ["conversation"] = e.Entity.Id, ["score"] = r.Score })],
        CustomerEvent.PopupReported { Outcome: PopupOutcome.Opened } p => [At(e, "popup.opened", new() { ["popup"] = p.Popup.Value, ["customer"] = e.Entity.Id })],
        CustomerEvent.PopupReported { Outcome: PopupOutcome.Dismissed } p => [At(e, "popup.dismissed", new() { ["popup"] = p.Popup.Value, ["customer"] = e.Entity.Id })],
        CustomerEvent.OrderNoted { Order: var order } when order.IsLate(e.At) =>
            [new("order.late", "late/" + order.Id.Value, new() { ["order"] = order.Id.Value, ["customer"] = e.Entity.Id })],
        _ => [],
    };

    private static IEnumerable<Happening> HandedOff(JournalledEvent e, ConversationEvent.HandedOff h)
    {
        yield return At(e, "conversation.handed_off", new() { ["conversation"] = e.Entity.Id, ["reason"] = Word(h.Reason) });
        if (h is { Replies: > 0, Reason: HandOffReason.Unanswered or HandOffReason.ModelFailed })
        {
            yield return At(e, "question.unanswered", new() { ["conversation"] = e.Entity.Id, ["number"] = h.Replies });
        }
    }

    private static Happening At(JournalledEvent e, string name, JsonObject data) =>
        new(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{e.Position}/{name}"), data);

    private static string Word(HandOffReason reason) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
