using System.Text.Json;

namespace SmartService.Gateway.Access;

/// <summary>Reads single claims of a token whose signature has been checked.</summary>
internal static class Claims
{
    public static string? Text(this Dictionary<string, JsonElement> claims, string name) =>
        claims.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool TryGetNumber(this JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number);
    }
}
