using SmartService.Domain.Customers;

namespace SmartService.Intent.Prediction;

/// <summary>What the recent visits tell, counted once and used by features and causes alike.</summary>
internal sealed class SessionSigns
{
    /// <summary>Visits older than this belong to another errand.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(30);

    /// <summary>A lower price counts for this long after the purchase.</summary>
    public static readonly TimeSpan PriceProtection = TimeSpan.FromDays(30);

    public SessionSigns(CustomerState customer, DateTimeOffset now)
    {
        var seen = new List<string>();
        foreach (var visit in customer.Visits)
        {
            if (now - visit.At <= Recent && visit.At <= now + TimeSpan.FromMinutes(5))
            {
                Note(visit, seen);
            }
        }
    }

    /// <summary>Visits of this errand, oldest first.</summary>
    public List<PageVisit> Visits { get; } = [];

    public int[] Pages { get; } = new int[Enum.GetValues<PageType>().Length];

    public int[] Errors { get; } = new int[Enum.GetValues<PageError>().Length];

    /// <summary>By <see cref="PolicyTopic"/>: policy, help and search pages read.</summary>
    public int[] Topics { get; } = new int[PolicyTopics.Count];

    public PageVisit? Last { get; private set; }

    public int Count { get; private set; }

    /// <summary>Different products looked at.</summary>
    public int Products { get; private set; }

    /// <summary>Returns to a product after looking at another one.</summary>
    public int Returns { get; private set; }

    public int ProductSeconds { get; private set; }

    /// <summary>The product looked at last, or come back to.</summary>
    public string? Product { get; private set; }

    /// <summary>Subjects of order and tracking pages.</summary>
    public HashSet<string> OrderSubjects { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Newest price seen of each product.</summary>
    public Dictionary<string, decimal> Prices { get; } = new(StringComparer.Ordinal);

    public HashSet<string> ProductSubjects { get; } = new(StringComparer.Ordinal);

    /// <summary>The visit before the last ones, 1 for the one before the last; null when there were fewer.</summary>
    public PageVisit? Back(int steps) => steps < Visits.Count ? Visits[^(steps + 1)] : null;

    /// <summary>The page is this order's, its parcel's or, for a product page, one of its products'.</summary>
    public static bool IsAbout(PageVisit visit, OrderSummary order) => visit.Page switch
    {
        PageType.Order or PageType.Tracking => string.Equals(visit.Subject, order.Id.Value, StringComparison.OrdinalIgnoreCase)
            || (order.Parcel is { Number.Length: > 0 } parcel && string.Equals(visit.Subject, parcel.Number, StringComparison.OrdinalIgnoreCase)),
        PageType.Product => order.Lines.Any(line => line.Product == visit.Subject),
        _ => false,
    };

    /// <summary>Something of this order costs less now than the shopper paid not long ago.</summary>
    public bool PriceDropped(OrderSummary order, DateTimeOffset now) =>
        !order.Cancelled && now - order.PlacedAt <= PriceProtection
        && order.Lines.Any(line => Prices.TryGetValue(line.Product, out var price) && price > 0 && price < line.UnitPrice);

    private void Note(PageVisit visit, List<string> seen)
    {
        Visits.Add(visit);
        Count++;
        Last = visit;
        Pages[(int)visit.Page]++;
        Errors[(int)visit.Error]++;
        switch (visit.Page)
        {
            case PageType.Policy or PageType.Help or PageType.Search:
                Topics[(int)PolicyTopics.Of(visit.Subject)]++;
                break;
            case PageType.Order or PageType.Tracking when visit.Subject is { } subject:
                OrderSubjects.Add(subject);
                break;
            case PageType.Product when visit.Subject is { } product:
                NoteProduct(visit, product, seen);
                break;
        }
    }

    private void NoteProduct(PageVisit visit, string product, List<string> seen)
    {
        ProductSeconds += visit.DwellSeconds;
        if (seen.Count > 0 && seen[^1] != product && seen.Contains(product))
        {
            Returns++;
        }

        Products += seen.Contains(product) ? 0 : 1;
        seen.Add(product);
        Product = product;
        ProductSubjects.Add(product);
        if (visit.Price is { } price)
        {
            Prices[product] = price;
        }
    }
}
