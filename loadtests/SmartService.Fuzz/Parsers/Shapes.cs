using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace SmartService.Fuzz.Parsers;

/// <summary>A document that fits a contract: the start of all that nearly fits.</summary>
internal static class Shapes
{
    public static string Of(JsonTypeInfo contract)
    {
        var text = new StringBuilder();
        Append(text, contract, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonTypeInfo contract, int depth)
    {
        var type = Nullable.GetUnderlyingType(contract.Type) ?? contract.Type;
        if (contract.Kind == JsonTypeInfoKind.Object && depth < 8)
        {
            text.Append('{');
            var first = true;
            foreach (var property in contract.Properties)
            {
                text.Append(first ? "\"" : ",\"").Append(property.Name).Append("\":");
                first = false;
                Append(text, contract.Options.GetTypeInfo(property.PropertyType), depth + 1);
            }

            text.Append('}');
        }
        else if (contract.Kind == JsonTypeInfoKind.Enumerable && contract.ElementType is { } element)
        {
            text.Append('[');
            Append(text, contract.Options.GetTypeInfo(element), depth + 1);
            text.Append(']');
        }
        else
        {
            text.Append(type == typeof(bool) ? "true"
                : type == typeof(string) ? "\"text-1234\""
                : type == typeof(DateTimeOffset) ? "\"2026-01-01T00:00:00Z\""
                : type.IsEnum ? $"\"{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(type)[^1])}\""
                : type.IsPrimitive || type == typeof(decimal) ? "1" : "null");
        }
    }
}
