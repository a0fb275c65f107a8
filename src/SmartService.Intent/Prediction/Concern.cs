using System.Text.Json.Serialization;

namespace SmartService.Intent.Prediction;

/// <summary>Something that may be on a shopper's mind.</summary>
/// <param name="Intent">The question it leads to.</param>
/// <param name="About">Order situations it can be about; empty: about no order.</param>
/// <param name="Weight">How often, relative to the others; counted once for each order that fits.</param>
/// <param name="Paths">Ways through the shop that it causes, one chosen at random; see <see cref="PathStep"/>.</param>
/// <param name="Ask">Chance of asking rather than solving it alone; null: as the day's.</param>
/// <param name="Promotion">Factor on the weight on a campaign's days.</param>
/// <param name="Vip">Factor on the weight for each step up in tier.</param>
/// <param name="Again">Factor when the shopper asked the same lately.</param>
/// <param name="Large">Factor for an order of 200 or more.</param>
internal sealed record Concern(
    string Intent, IReadOnlyList<string> About, double Weight, IReadOnlyList<string> Paths, double? Ask = null, double Promotion = 1,
    double Vip = 1, double Again = 1, double Large = 1)
{
    private const decimal LargeFrom = 200;

    /// <summary>The paths, read.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<PathStep>> Steps { get; init; } = [.. Paths.Select(PathStep.Parse)];

    public double WeightFor(ShopperTraits traits, decimal? total, double wishes) =>
        Weight * (About.Count == 0 ? wishes : 1) * (traits.Campaign ? Promotion : 1) * Math.Pow(Vip, (int)traits.Tier)
        * (traits.Asked.Contains(new(Intent)) ? Again : 1) * (total >= LargeFrom ? Large : 1);
}
