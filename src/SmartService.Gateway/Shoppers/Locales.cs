namespace SmartService.Gateway.Shoppers;

/// <summary>The languages the product speaks.</summary>
internal static class Locales
{
    /// <summary>"ko-KR" becomes "ko"; a language not spoken here becomes <paramref name="otherwise"/>.</summary>
    public static string Choose(string? wanted, string otherwise)
    {
        var language = wanted?.Split('-', '_')[0];
        return language switch
        {
            _ when string.Equals(language, "ko", StringComparison.OrdinalIgnoreCase) => "ko",
            _ when string.Equals(language, "zh", StringComparison.OrdinalIgnoreCase) => "zh",
            _ when string.Equals(language, "en", StringComparison.OrdinalIgnoreCase) => "en",
            _ => otherwise,
        };
    }
}
