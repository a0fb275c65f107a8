using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartService.Host.Replay;

/// <summary>Writes the JSON lines that the server's bulk calls take.</summary>
internal static class ClickLines
{
    /// <summary>An id that only depends on what it stands for: replaying a file twice doubles nothing.</summary>
    public static string Id(string kind, params ReadOnlySpan<string> parts) =>
        $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 12))}";

    public static ClickRow Visit(
        int line, DateTimeOffset at, string customer, string session, string id, string page, string? subject, double? dwellSeconds = null,
        decimal? price = null, string? referrer = null, string? error = null) =>
        new(line, IsOrder: false, at, customer, sentAt => Write(json =>
        {
            json.WriteString("customer", customer);
            json.WriteString("id", id);
            json.WriteString("session", session);
            json.WriteString("at", sentAt);
            json.WriteString("page", page);
            Optional(json, "subject", subject);
            Optional(json, "referrer", referrer);
            Optional(json, "error", error);
            if (dwellSeconds is { } dwell)
            {
                json.WriteNumber("dwellSeconds", dwell);
            }

            if (price is { } amount)
            {
                json.WriteNumber("price", amount);
            }
        }));

    public static ClickRow Order(
        int line, DateTimeOffset at, string customer, string number, decimal total, string currency, IReadOnlyList<OrderedItem> items,
        DateTimeOffset? promisedAt, string? payment) =>
        new(line, IsOrder: true, at, customer, sentAt => Write(json =>
        {
            json.WriteString("number", number);
            json.WriteString("customer", customer);
            json.WriteStartArray("lines");
            foreach (var item in items)
            {
                json.WriteStartObject();
                json.WriteString("product", item.Product);
                json.WriteString("name", item.Name);
                json.WriteNumber("quantity", item.Quantity);
                json.WriteNumber("unitPrice", item.UnitPrice);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("total", total);
            json.WriteString("currency", currency);
            json.WriteString("placedAt", sentAt);
            if (promisedAt is { } promised)
            {
                json.WriteString("promisedAt", promised + (sentAt - at));
            }

            if (payment is not null)
            {
                json.WriteStartObject("payment");
                json.WriteString("operationId", Id("pay", number, payment));
                json.WriteString("state", payment);
                json.WriteEndObject();
            }
        }));

    private static string Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}

internal sealed record OrderedItem(string Product, string Name, int Quantity, decimal UnitPrice)
{
    /// <summary>"product:name:quantity:price"; name, quantity and price may be left out from the end.</summary>
    public static OrderedItem? Parse(string text)
    {
        var parts = text.Split(':');
        var quantity = 1;
        var price = 0m;
        var ok = parts[0].Length > 0 && parts.Length <= 4
            && (parts.Length < 3 || int.TryParse(parts[2], CultureInfo.InvariantCulture, out quantity))
            && (parts.Length < 4 || decimal.TryParse(parts[3], CultureInfo.InvariantCulture, out price));
        return ok ? new(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : parts[0], quantity, price) : null;
    }
}
