namespace SmartService.Intent.Prediction;

/// <summary>Something that may be on a shopper's mind.</summary>
/// <param name="Intent">The question it leads to.</param>
/// <param name="About">Order situations it can be about; empty: about no order.</param>
/// <param name="Weight">How often, relative to the others; counted once for each order that fits.</param>
/// <param name="Paths">
/// Ways through the shop that it causes, one chosen at random. Pages are named as in PageType, with marks: "@" the order (or its
/// product), ":x" subject x, "!declined", "!coupon", "!stock", "!address" an error, "^" back and forth between two products,
/// "~" a long look, "$" at a lower price than paid.
/// </param>
internal sealed record Concern(string Intent, IReadOnlyList<string> About, double Weight, IReadOnlyList<string> Paths);
