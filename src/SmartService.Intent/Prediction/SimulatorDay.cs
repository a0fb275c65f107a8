using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>How shoppers are on one kind of day; weights are relative, chances in [0, 1].</summary>
/// <param name="NoConcern">Weight of wanting nothing, beside the weights of all concerns that fit the shopper.</param>
/// <param name="Ask">Chance that a shopper with a concern asks before solving it alone.</param>
/// <param name="AskWithoutCause">Chance that a shopper without visible cause asks something all the same.</param>
/// <param name="SkipPage">Chance to leave out a page of a path.</param>
/// <param name="WanderBefore">Mean number of other pages before the path.</param>
/// <param name="WanderBetween">Chance of another page between two of the path.</param>
/// <param name="WanderAfter">Mean number after it.</param>
/// <param name="StrayError">Chance of a rejected coupon in a cart that is not about it.</param>
/// <param name="Discount">Chance that a product shows a lower price than its usual one, to anybody.</param>
/// <param name="WanderSeconds">Mean time on a page of no importance.</param>
/// <param name="PathSeconds">Mean time on a page of a path.</param>
/// <param name="OrdersMean">Mean number of orders.</param>
/// <param name="OrderKinds">Weight of each situation an order may be in.</param>
/// <param name="Wander">Weight of each kind of page that a wandering shopper opens.</param>
internal sealed record SimulatorDay(
    double NoConcern, double Ask, double AskWithoutCause, double SkipPage, double WanderBefore, double WanderBetween, double WanderAfter,
    double StrayError, double Discount, double WanderSeconds, double PathSeconds, double OrdersMean,
    IReadOnlyDictionary<string, double> OrderKinds, IReadOnlyDictionary<PageType, double> Wander);
