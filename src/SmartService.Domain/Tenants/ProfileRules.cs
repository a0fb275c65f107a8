using System.Collections.Immutable;

namespace SmartService.Domain.Tenants;

/// <summary>What a merchant's profile and origins must look like.</summary>
public static class ProfileRules
{
    public const int MaxOrigins = 50;

    /// <summary>All faults, in the order of the fields; empty when the profile can be used.</summary>
    public static ImmutableArray<FieldFault> Check(TenantProfile profile)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        if (string.IsNullOrWhiteSpace(profile.Name) || profile.Name.Length > 100)
        {
            faults.Add(new("name", "must have 1 to 100 characters"));
        }

        if (profile.Locale is not ("ko" or "zh" or "en"))
        {
            faults.Add(new("locale", "must be ko, zh or en"));
        }

        if (profile.Currency is not { Length: 3 } || !profile.Currency.All(char.IsAsciiLetterUpper))
        {
            faults.Add(new("currency", "must be an ISO 4217 code such as KRW"));
        }

        // Only the form: which zones exist differs between machines and would make the decision impure.
        if (profile.TimeZone is not { Length: >= 1 and <= 64 } || !profile.TimeZone.All(IsZoneLetter) || !char.IsAsciiLetter(profile.TimeZone[0]))
        {
            faults.Add(new("timeZone", "must be an IANA name such as Asia/Seoul"));
        }

        return faults.DrainToImmutable();
    }

    /// <summary>All faults; the field is "origins" or "origins[n]".</summary>
    public static ImmutableArray<FieldFault> CheckOrigins(ImmutableArray<string> origins)
    {
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        if (origins.OrEmpty().Length > MaxOrigins)
        {
            faults.Add(new("origins", "must be at most 50"));
        }

        for (var i = 0; i < origins.OrEmpty().Length; i++)
        {
            if (!IsOrigin(origins[i]))
            {
                faults.Add(new($"origins[{i}]", "must be scheme://host[:port] as a browser sends it, for example https://shop.example"));
            }
        }

        return faults.DrainToImmutable();
    }

    /// <summary>"http" or "https", a lower-case ASCII host, and a port only when it is not the scheme's own: exactly what a
    /// browser's Origin header holds, because the two are compared as text (RFC 6454, section 6.2).</summary>
    public static bool IsOrigin(string? origin) =>
        origin is { Length: <= 255 }
        && origin.All(char.IsAscii)
        && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri is { Host.Length: > 0, UserInfo: "" }
        && uri.GetLeftPart(UriPartial.Authority) == origin;

    private static bool IsZoneLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+';
}
