using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;

namespace SmartService.Engine.Understanding;

/// <summary>Predicts the question a customer is about to ask. Thread-safe.</summary>
public interface IQuestionPredictor
{
    /// <summary>Ranks the likely questions, given all that is known of the customer at <paramref name="now"/>.</summary>
    /// <param name="campaign">How near the shop's own campaigns are; without, the days that much of retail shares.</param>
    QuestionForecast Predict(CustomerState customer, DateTimeOffset now, CampaignMoment? campaign = null);

    /// <summary>The probability of the likeliest question from which help is right as often as wanted, as far as the model's makers know.</summary>
    /// <param name="precision">Share of offers that shall be right, in [0, 1].</param>
    double ThresholdFor(double precision) => precision;
}

/// <summary>Likely next questions.</summary>
/// <param name="Ranked">Intents a shop can answer, most probable first; probabilities sum to at most 1, the rest is "asks nothing".</param>
/// <param name="Order">The order the likeliest question is about, if any.</param>
/// <param name="Product">The product it is about, if any.</param>
/// <param name="Causes">Why, most telling first: stable codes such as "parcel_late", "payment_failed_twice", "size_back_and_forth",
/// "coupon_rejected", "refund_waiting", "price_dropped", "policy_read", "delivered_recently"; used for the popup's "because…".</param>
/// <param name="Model">Name and content hash of the model.</param>
public sealed record QuestionForecast(
    IReadOnlyList<IntentScore> Ranked, OrderId? Order, string? Product, IReadOnlyList<string> Causes, string Model);
