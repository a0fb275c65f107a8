namespace SmartService.Domain.Customers;

/// <summary>The kind of shop page a shopper looked at.</summary>
public enum PageType : byte
{
    Other, Home, Category, Product, Search, Cart, Checkout, Payment, Orders, Order, Tracking, Policy, Help, Account, Promotion,
}

/// <summary>What went wrong on the page, as the shop's own page reports it.</summary>
public enum PageError : byte
{
    None, PaymentDeclined, CouponRejected, OutOfStock, AddressRejected, Other,
}

/// <summary>One look at one page.</summary>
/// <param name="Id">Made by the client; the same id twice is one visit.</param>
/// <param name="Session">Browser session, made by the client.</param>
/// <param name="At">When the page was opened.</param>
/// <param name="Subject">What the page is about: product id, category id, policy id, order number or search words; null when nothing.</param>
/// <param name="DwellSeconds">Time on the page so far; a later report of the same visit may raise it.</param>
/// <param name="Price">Price shown on a product page, in the shop's currency.</param>
/// <param name="Referrer">Where the shopper came from: host name only, or null.</param>
public sealed record PageVisit(
    string Id,
    string Session,
    DateTimeOffset At,
    PageType Page,
    string? Subject = null,
    int DwellSeconds = 0,
    decimal? Price = null,
    string? Referrer = null,
    PageError Error = PageError.None);
