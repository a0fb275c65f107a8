using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;

namespace SmartService.Assistance.Files;

/// <summary>Q&amp;A as a JSON array, or as one object per line.</summary>
internal static class JsonItems
{
    private static readonly JsonReaderOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="utf8">The file, without byte order mark.</param>
    public static List<ParsedItem> ReadArray(ReadOnlySpan<byte> utf8, int mostItems)
    {
        var items = new List<ParsedItem>();
        var reader = new Utf8JsonReader(utf8, Reading);
        var (line, counted) = (1, 0);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new FileFaultException(1, "file", "must be a JSON array of items");
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && items.Count <= mostItems)
            {
                var start = (int)reader.TokenStartIndex;
                line += utf8[counted..start].Count((byte)'\n');
                counted = start;
                items.Add(Item(line, JsonElement.ParseValue(ref reader)));
            }
        }
        catch (JsonException e)
        {
            throw new FileFaultException((int)(e.LineNumber ?? 0) + 1, "file", "is not valid JSON: " + Reason(e));
        }

        return items;
    }

    public static IEnumerable<ParsedItem> ReadLines(string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Line(number, line);
            }
        }
    }

    public static byte[] Write(IEnumerable<ImportedItem> items, bool lines)
    {
        var bytes = new ArrayBufferWriter<byte>();
        if (!lines)
        {
            using var writer = new Utf8JsonWriter(bytes, Writing with { Indented = true });
            writer.WriteStartArray();
            foreach (var item in items)
            {
                Write(writer, item);
            }

            writer.WriteEndArray();
            writer.Flush();
            return bytes.WrittenSpan.ToArray();
        }

        foreach (var item in items)
        {
            using var writer = new Utf8JsonWriter(bytes, Writing);
            Write(writer, item);
            writer.Flush();
            bytes.Write("\n"u8);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static ParsedItem Line(int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new() { AllowTrailingCommas = true, MaxDepth = 16 });
            return Item(number, document.RootElement);
        }
        catch (JsonException e)
        {
            var item = new ItemFields(number);
            item.Fault("line", "is not valid JSON: " + Reason(e));
            return new(number, null, item.Build().Content, [item.Build().Faults[0]]);
        }
    }

    private static ParsedItem Item(int line, JsonElement element)
    {
        var item = new ItemFields(line);
        if (element.ValueKind != JsonValueKind.Object)
        {
            item.Fault("item", "must be an object");
            return item.Build() is var built ? built with { Faults = [built.Faults[0]] } : null!;
        }

        try
        {
            foreach (var field in element.EnumerateObject())
            {
                Set(item, field.Name, field.Value);
            }
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half of a surrogate pair; no text can hold it, and the library says so in this way.
            item.Fault("item", "has a text with half of a character (an escape from \\ud800 to \\udfff without its other half)");
        }

        return item.Build();
    }

    private static void Set(ItemFields item, string name, JsonElement value)
    {
        switch (name)
        {
            case "id":
                item.Id = Text(item, name, value);
                break;
            case "intent":
                item.Intent = Text(item, name, value);
                break;
            case "question":
                item.Question = Text(item, name, value) ?? "";
                break;
            case "variants":
                item.Variants = [.. List(item, name, value).Select(variant => Text(item, name, variant) ?? "")];
                break;
            case "answer":
                item.Answer = Text(item, name, value) ?? "";
                break;
            case "locale":
                item.Locale = Text(item, name, value) ?? "";
                break;
            case "actions":
                item.Actions = [.. List(item, name, value).Select(action => Action(item, action))];
                break;
            case "validFrom":
                item.ValidFrom = item.Time(name, Text(item, name, value), isEnd: false);
                break;
            case "validTo":
                item.ValidTo = item.Time(name, Text(item, name, value), isEnd: true);
                break;
            default:
                item.Fault(name, "is no known field");
                break;
        }
    }

    private static AnswerAction Action(ItemFields item, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            item.Fault("actions", "must be objects with label and url");
            return new("", null);
        }

        return new(
            value.TryGetProperty("label", out var label) ? Text(item, "actions", label) ?? "" : "",
            value.TryGetProperty("url", out var url) ? Text(item, "actions", url) : null);
    }

    private static JsonElement.ArrayEnumerator List(ItemFields item, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            return value.EnumerateArray();
        }

        if (value.ValueKind is not JsonValueKind.Null)
        {
            item.Fault(name, "must be a list");
        }

        return default;
    }

    private static string? Text(ItemFields item, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
        {
            return value.GetString();
        }

        item.Fault(name, "must be text");
        return null;
    }

    private static void Write(Utf8JsonWriter writer, ImportedItem item)
    {
        var content = item.Content;
        writer.WriteStartObject();
        writer.WriteString("id", item.Id.Value);
        if (content.Intent is { } intent)
        {
            writer.WriteString("intent", intent.Value);
        }

        writer.WriteString("question", content.Question);
        WriteVariants(writer, content.Variants);
        writer.WriteString("answer", content.Answer);
        writer.WriteString("locale", content.Locale);
        WriteActions(writer, content.Actions);
        WriteTime(writer, "validFrom", content.ValidFrom);
        WriteTime(writer, "validTo", content.ValidTo);
        writer.WriteEndObject();
    }

    private static void WriteVariants(Utf8JsonWriter writer, ImmutableArray<string> variants)
    {
        writer.WriteStartArray("variants");
        foreach (var variant in variants.IsDefault ? [] : variants)
        {
            writer.WriteStringValue(variant);
        }

        writer.WriteEndArray();
    }

    private static void WriteActions(Utf8JsonWriter writer, ImmutableArray<AnswerAction> actions)
    {
        writer.WriteStartArray("actions");
        foreach (var action in actions.IsDefault ? [] : actions)
        {
            writer.WriteStartObject();
            writer.WriteString("label", action.Label);
            if (action.Url is not null)
            {
                writer.WriteString("url", action.Url);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            writer.WriteString(name, at);
        }
    }

    /// <summary>The first sentence; the rest repeats line and position in bytes.</summary>
    private static string Reason(JsonException e) => e.Message.Split(". ")[0] + ".";
}
