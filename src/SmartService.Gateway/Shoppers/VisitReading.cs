using SmartService.Domain.Customers;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Shoppers;

/// <summary>From a visit on the wire to the domain's.</summary>
internal static class VisitReading
{
    private const int MaxDwellSeconds = 24 * 60 * 60;

    /// <param name="path">Where the visit stands in the request, with a trailing dot; empty for a line of its own.</param>
    public static PageVisit? Read(Checks checks, string path, VisitRequest? visit, DateTimeOffset now)
    {
        if (visit is null)
        {
            checks.Add(path.TrimEnd('.'), "is missing");
            return null;
        }

        checks.ClientId(path + "id", visit.Id);
        checks.ClientId(path + "session", visit.Session);
        var at = checks.Needed(path + "at", visit.At);
        var page = checks.Needed(path + "page", visit.Page);
        checks.OptionalText(path + "subject", visit.Subject, 200);
        checks.OptionalText(path + "referrer", visit.Referrer, 2000);
        checks.Range(path + "dwellSeconds", visit.DwellSeconds, 0, MaxDwellSeconds);
        checks.Must(visit.Price is null or (>= 0 and <= 1_000_000_000_000m), path + "price", "0 or more");

        // A browser's clock may be ahead; nothing has happened in the future.
        at = at > now ? now : at.ToUniversalTime();
        return new(
            visit.Id ?? "", visit.Session ?? "", at, page, Clean(visit.Subject), (int)Math.Round(visit.DwellSeconds is >= 0 and <= MaxDwellSeconds ? visit.DwellSeconds.Value : 0),
            visit.Price, HostOf(visit.Referrer), visit.Error ?? PageError.None);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Only the host name is kept: the rest of a referrer may hold anything about a person.</summary>
    private static string? HostOf(string? referrer)
    {
        if (string.IsNullOrWhiteSpace(referrer))
        {
            return null;
        }

        if (Uri.TryCreate(referrer, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            return uri.Host;
        }

        return Uri.CheckHostName(referrer) == UriHostNameType.Unknown ? null : referrer;
    }
}
