using System.Text;
using System.Text.Json;

namespace SmartService.Fuzz.Http;

/// <summary>One call of the API, as its description has it.</summary>
/// <param name="Schemes">Credentials that may call it.</param>
/// <param name="Query">Names of its query parameters.</param>
/// <param name="Bodies">A body that fits, by media type.</param>
internal sealed record Operation(string Method, string Path, IReadOnlyList<string> Schemes, IReadOnlyList<string> Query, IReadOnlyList<(string Type, byte[] Body)> Bodies);

/// <summary>Reads the OpenAPI document: a new route is fuzzed without anybody thinking of it.</summary>
internal static class Operations
{
    private const int Deepest = 8;

    public static IReadOnlyList<Operation> Of(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Name is "get" or "put" or "post" or "delete" or "patch"
           select Of(document, path.Name, operation),
    ];

    private static Operation Of(JsonElement document, string path, JsonProperty operation)
    {
        var schemes = operation.Value.TryGetProperty("security", out var security)
            ? security.EnumerateArray().SelectMany(s => s.EnumerateObject().Select(p => p.Name)).ToArray() : [];
        var query = operation.Value.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!).ToArray() : [];
        var bodies = operation.Value.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").EnumerateObject().Select(c => (c.Name, Sample(document, c))).ToArray() : [];
        return new(operation.Name.ToUpperInvariant(), path, schemes, query, bodies);
    }

    private static byte[] Sample(JsonElement document, JsonProperty content)
    {
        var text = new StringBuilder();
        if (content.Name is "text/csv")
        {
            text.Append("id,question,answer,locale\nq1,How?,So.,en\n");
        }
        else if (content.Value.TryGetProperty("schema", out var schema))
        {
            Append(document, text, schema, "", 0);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(JsonElement document, StringBuilder text, JsonElement schema, string name, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (var part in reference.GetString()!.Split('/').Skip(1))
            {
                target = target.GetProperty(part);
            }

            schema = target;
        }

        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (schema.TryGetProperty(choice, out var choices))
            {
                Append(document, text, choices.EnumerateArray().Last(), name, depth);
                return;
            }
        }

        if (schema.TryGetProperty("enum", out var words))
        {
            text.Append(words.EnumerateArray().First(w => w.ValueKind != JsonValueKind.Null).GetRawText());
        }
        else if (schema.TryGetProperty("properties", out var properties) && depth < Deepest)
        {
            AppendObject(document, text, properties, depth);
        }
        else if (schema.TryGetProperty("items", out var items) && depth < Deepest)
        {
            text.Append('[');
            Append(document, text, items, name, depth + 1);
            text.Append(']');
        }
        else
        {
            text.Append(Value(schema, name));
        }
    }

    private static void AppendObject(JsonElement document, StringBuilder text, JsonElement properties, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var property in properties.EnumerateObject())
        {
            text.Append(first ? "\"" : ",\"").Append(property.Name).Append("\":");
            first = false;
            Append(document, text, property.Value, property.Name, depth + 1);
        }

        text.Append('}');
    }

    /// <summary>A value of the type; for a text one that the field with this name takes, or the call would go no further than to it.</summary>
    private static string Value(JsonElement schema, string name)
    {
        var type = schema.TryGetProperty("type", out var t) ? t.GetRawText() : "";
        if (type.Contains("integer", StringComparison.Ordinal) || type.Contains("number", StringComparison.Ordinal))
        {
            return "1";
        }

        if (type.Contains("boolean", StringComparison.Ordinal))
        {
            return "true";
        }

        return schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" ? "\"2026-01-01T00:00:00Z\"" : name switch
        {
            "locale" => "\"en\"",
            "currency" => "\"USD\"",
            "timeZone" => "\"UTC\"",
            "intent" => "\"order.status\"",
            "token" => "null",
            "jwt" => "null",
            "tenant" => "\"shop\"",
            "rung" => "\"full\"",
            "url" => "\"/a\"",
            _ => "\"known-id-1\"",
        };
    }
}
