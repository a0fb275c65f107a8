using System.Buffers;

namespace SmartService.Gateway;

/// <summary>Which characters ids may have. Whatever enters an entity's key passes here: no '/', no control characters.</summary>
internal static class Identifiers
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private static readonly SearchValues<char> ClientChars = SearchValues.Create(Letters + Digits + "_-");
    private static readonly SearchValues<char> MerchantChars = SearchValues.Create(Letters + Digits + "_-.:@+#=~");
    private static readonly SearchValues<char> TenantChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Digits + "-");
    private static readonly SearchValues<char> IntentChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Digits + "_.-");

    /// <summary>Ids made by a browser: 8 to 64 of A-Za-z0-9_-.</summary>
    public static bool IsClientId(ReadOnlySpan<char> id) => id.Length is >= 8 and <= 64 && !id.ContainsAnyExcept(ClientChars);

    /// <summary>Ids made by the merchant (customers, order numbers, items): 1 to 128 of A-Za-z0-9 and _-.:@+#=~.</summary>
    public static bool IsMerchantId(ReadOnlySpan<char> id) => id.Length is >= 1 and <= 128 && !id.ContainsAnyExcept(MerchantChars);

    /// <summary>1 to 64 of a-z, 0-9 and '-'.</summary>
    public static bool IsTenant(ReadOnlySpan<char> id) => id.Length is >= 1 and <= 64 && !id.ContainsAnyExcept(TenantChars);

    /// <summary>"order.delay", or a tenant's own of the same form.</summary>
    public static bool IsIntent(ReadOnlySpan<char> id) => id.Length is >= 1 and <= 64 && !id.ContainsAnyExcept(IntentChars);
}
