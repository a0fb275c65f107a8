using System.Buffers;
using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>
/// One page of a concern's path. Written as the page's name with marks: "@" the order (or its product), ":x" subject x, "!declined",
/// "!coupon", "!stock", "!address" an error, "^" back and forth between two products, "~" a long look, "$" at a lower price than paid.
/// </summary>
internal sealed record PathStep(PageType Page, bool OfOrder, string? Subject, PageError Error, bool BackAndForth, bool LongLook, bool LowerPrice)
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("@:!^~$");

    /// <summary>Errors, prices and comparisons are the cause itself; only plain pages may be left out.</summary>
    public bool IsEssential => Error != PageError.None || LowerPrice || BackAndForth;

    /// <exception cref="ArgumentException">A page or mark is not known.</exception>
    public static IReadOnlyList<PathStep> Parse(string path) => [.. path.Split(' ').Select(ParseStep)];

    private static PathStep ParseStep(string step)
    {
        var end = step.AsSpan().IndexOfAny(Marks);
        var page = Enum.Parse<PageType>(end < 0 ? step : step[..end]);
        var marks = end < 0 ? "" : step[end..];
        var subject = marks.StartsWith(':') ? marks[1..] : null;
        if (subject is not null)
        {
            return new(page, false, subject, PageError.None, false, false, false);
        }

        bool Has(string mark) => marks.Contains(mark, StringComparison.Ordinal);
        var error = Has("!declined") ? PageError.PaymentDeclined : Has("!coupon") ? PageError.CouponRejected
            : Has("!stock") ? PageError.OutOfStock : Has("!address") ? PageError.AddressRejected : PageError.None;
        return error == PageError.None && Has("!")
            ? throw new ArgumentException($"Unknown mark in path step '{step}'.", nameof(step))
            : new(page, Has("@"), null, error, Has("^"), Has("~"), Has("$"));
    }
}
