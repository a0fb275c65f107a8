using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>What is plain to see of a simulated shopper and moves what they worry about.</summary>
/// <param name="Campaign">It is a campaign's day.</param>
/// <param name="Asked">Topics asked lately.</param>
internal sealed record ShopperTraits(bool Campaign, CustomerTier Tier, ImmutableArray<IntentId> Asked);
