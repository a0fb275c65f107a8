using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartService.Engine.Journal;

/// <summary>An id is stored as the plain string it is.</summary>
internal sealed class TextIdConverter<T>(Func<string, T> make, Func<T, string> read) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        make(reader.GetString() ?? throw new JsonException($"A {typeof(T).Name} is null."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(read(value));
}
