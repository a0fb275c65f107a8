using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SmartService.Gateway.Push;

/// <summary>One event of a stream before it is written: its name, its data, and how to write that.</summary>
internal readonly record struct StreamEvent(string Name, object Data, JsonTypeInfo Contract)
{
    public static StreamEvent Of<T>(string name, T data, JsonTypeInfo<T> contract)
        where T : class => new(name, data, contract);

    public void WriteData(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, Data, Contract);
}
