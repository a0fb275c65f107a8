using SmartService.Domain.Popups;
using static SmartService.Domain.Customers.CustomerCommand;
using static SmartService.Domain.Customers.CustomerEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Customers.CustomerEvent, SmartService.Domain.Customers.CustomerRefusal>;

namespace SmartService.Domain.Customers;

/// <summary>Popups, suggestions and conversations of one customer.</summary>
public sealed partial class CustomerDecider
{
    private static Decision DecideHelp(CustomerState state, OfferHelp c)
    {
        if (PopupRing.Find(state.Popups, c.Offer.Id) >= 0)
        {
            return Decision.Unchanged;
        }

        if (PopupContract.Check(state, c) is { } refusal)
        {
            return refusal;
        }

        var offer = c.Offer with { Exploration = PopupContract.Propensity(c) };
        return HoldoutGroup.Contains(c.Tenant, c.Customer, c.Policy.HoldoutShare)
            ? new PopupWithheld(offer.Id, offer.Topic, offer.Order, offer.Cause, offer.Probability, c.Session, c.At, offer.Product, offer.Exploration)
            : new PopupOffered(offer, c.Session, c.At);
    }

    private static Decision DecideReport(CustomerState state, ReportPopup c)
    {
        var known = PopupRing.Find(state.Popups, c.Popup);
        if (known < 0 || state.Popups[known].Withheld)
        {
            return CustomerRefusal.PopupNotFound; // Nobody can have seen a withheld one.
        }

        return PopupRing.MovesOn(state.Popups[known].Outcome, c.Outcome)
            ? new PopupReported(c.Popup, c.Outcome, c.At)
            : Decision.Unchanged;
    }

    private static Decision DecideChoice(CustomerState state, ChooseSuggestion c) =>
        state.Operations.Contains(c.OperationId)
            ? Decision.Unchanged
            : new SuggestionChosen(c.OperationId, c.Topic, c.Rank, c.At);

    private static Decision DecideConversation(CustomerState state, NoteConversation c)
    {
        var open = state.OpenConversations.IndexOf(c.Conversation);
        var known = c.Open
            ? open >= 0 && (c.Topic is null || c.Topic == state.OpenTopics[open])
            : open < 0;
        return known ? Decision.Unchanged : new ConversationNoted(c.Conversation, c.Open, c.Topic, c.At);
    }
}
