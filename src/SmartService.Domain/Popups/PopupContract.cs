using SmartService.Domain.Customers;

namespace SmartService.Domain.Popups;

/// <summary>When a popup may interrupt a shopper. Every rule is a promise to the shopper; the first that is broken is named.</summary>
/// <remarks>Popups kept from the holdout group count against the same limits, so that shown and withheld rates compare.</remarks>
public static class PopupContract
{
    /// <summary>The same help is not offered again within this time, unless its cause changed.</summary>
    public static readonly TimeSpan SameHelpPause = TimeSpan.FromHours(24);

    /// <summary>Offers from this share of the threshold are near it: what they teach may move it.</summary>
    public const double Near = 0.75;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The rule that forbids this popup now, or null when it may show.</summary>
    public static CustomerRefusal? Check(CustomerState customer, CustomerCommand.OfferHelp offer) =>
        Quiet(customer, offer) ?? Pointless(customer, offer) ?? OverBudget(customer, offer);

    /// <summary>
    /// The chance with which an offer like this one is shown for its likelihood: 1 from the threshold on; near it the policy's share, and
    /// only when the command's chance falls there; else 0. Explored offers spend the same budget as all others.
    /// </summary>
    /// <remarks>Epsilon-greedy with known propensities, so that what is learned can be weighed: Langford and Zhang, <i>The Epoch-Greedy
    /// Algorithm</i> (2007). Written so that NaN is unlikely too.</remarks>
    public static double Propensity(CustomerCommand.OfferHelp offer)
    {
        var threshold = Math.Max(offer.Policy.MinProbability, offer.Threshold);
        var probability = offer.Offer.Probability;
        if (probability >= threshold)
        {
            return 1;
        }

        var near = probability >= Math.Max(offer.Policy.MinProbability, threshold * Near);
        return near && offer.Chance < offer.Policy.ExploreShare ? offer.Policy.ExploreShare : 0;
    }

    /// <summary>Rules about this moment.</summary>
    private static CustomerRefusal? Quiet(CustomerState customer, CustomerCommand.OfferHelp offer)
    {
        if (customer.IsErased)
        {
            return CustomerRefusal.Erased;
        }

        if (!offer.Policy.Enabled)
        {
            return CustomerRefusal.PopupsOff;
        }

        if (offer.Typing)
        {
            return CustomerRefusal.Typing;
        }

        var page = VisitRing.Newest(customer.Visits, offer.Session);
        if (page?.Page == PageType.Payment)
        {
            return CustomerRefusal.OnPaymentForm;
        }

        return offer.AfterVisit is { } cause && page?.Id != cause ? CustomerRefusal.MovedOn : null;
    }

    /// <summary>Rules about this help.</summary>
    private static CustomerRefusal? Pointless(CustomerState customer, CustomerCommand.OfferHelp offer)
    {
        if (customer.ClosedTopics.Contains(offer.Offer.Topic))
        {
            return CustomerRefusal.TopicClosed;
        }

        if (WasShown(customer, offer))
        {
            return CustomerRefusal.AlreadyShown;
        }

        if (customer.OpenTopics.Contains(offer.Offer.Topic))
        {
            return CustomerRefusal.AlreadyTalking;
        }

        return Propensity(offer) > 0 ? null : CustomerRefusal.Unlikely;
    }

    private static bool WasShown(CustomerState customer, CustomerCommand.OfferHelp offer)
    {
        var help = offer.Offer;
        foreach (var popup in customer.Popups)
        {
            if (popup.Topic == help.Topic
                && popup.Order == help.Order
                && popup.Product == help.Product
                && (popup.Cause is null || popup.Cause == help.Cause)
                && offer.At - popup.At < SameHelpPause)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Rules about how often.</summary>
    private static CustomerRefusal? OverBudget(CustomerState customer, CustomerCommand.OfferHelp offer)
    {
        var (inSession, inDay, pausing) = (0, 0, false);
        foreach (var popup in customer.Popups)
        {
            // A popup from "later" (clocks differ) counts as just shown.
            var ago = offer.At - popup.At;
            inSession += popup.Session == offer.Session ? 1 : 0;
            inDay += ago < Day ? 1 : 0;
            pausing |= ago < offer.Policy.Pause;
        }

        if (inSession >= offer.Policy.PerSession)
        {
            return CustomerRefusal.SessionBudgetSpent;
        }

        if (inDay >= offer.Policy.PerDay)
        {
            return CustomerRefusal.DayBudgetSpent;
        }

        return pausing ? CustomerRefusal.Pausing : null;
    }
}
