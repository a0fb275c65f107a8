using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SmartService.Engine.Journal;

/// <summary>Writes and reads states for snapshots.</summary>
/// <param name="name">Name and version of what the decider makes of its events, for example "customer-state.v1".</param>
public sealed class StateCodec<TState>(string name, JsonTypeInfo<TState> json)
    where TState : class
{
    /// <summary>The name with a fingerprint of the shape, so that a changed record never reads an old snapshot.</summary>
    public string Schema { get; } = $"{name}:{StoredShape.Fingerprint(json):x8}";

    public JsonTypeInfo<TState> Json => json;

    public byte[] Write(TState state) => JsonSerializer.SerializeToUtf8Bytes(state, json);

    /// <summary>The state, or null when the snapshot is of another schema or unreadable; replay it then.</summary>
    public TState? Read(StoredSnapshot snapshot)
    {
        if (snapshot.Schema != Schema)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(snapshot.Data, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
