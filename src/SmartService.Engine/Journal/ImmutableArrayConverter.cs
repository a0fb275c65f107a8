using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SmartService.Engine.Journal;

internal sealed class ImmutableArrayConverter<T> : JsonConverter<ImmutableArray<T>>
{
    private JsonTypeInfo<T>? _item;

    public override bool HandleNull => true;

    public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"A list of {typeof(T).Name} is no array.");
        }

        var item = Item(options);
        var items = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(JsonSerializer.Deserialize(ref reader, item)!);
        }

        return items.DrainToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options)
    {
        if (value.IsDefault)
        {
            writer.WriteNullValue();
            return;
        }

        var item = Item(options);
        writer.WriteStartArray();
        foreach (var one in value)
        {
            JsonSerializer.Serialize(writer, one, item);
        }

        writer.WriteEndArray();
    }

    private JsonTypeInfo<T> Item(JsonSerializerOptions options) => _item ??= (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
