using SmartService.Domain;
using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>One shopper at one moment, and what comes next.</summary>
/// <param name="Asked">Null: nothing.</param>
/// <param name="Order">The order it is about, if any.</param>
internal sealed record SimulatedQuestion(CustomerState Customer, DateTimeOffset Now, IntentId? Asked, OrderId? Order);
