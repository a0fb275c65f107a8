using System.Text.Json.Serialization.Metadata;

namespace SmartService.Engine.Journal;

/// <summary>One kind of stored event.</summary>
/// <param name="Name">Stored name, for example "popup-offered". Never changes; a changed shape gets a new name ("popup-offered.v2").</param>
/// <param name="Json">Its type and how it is written.</param>
/// <param name="Erases">It forgets a person: what its entity wrote before may be overwritten.</param>
public sealed record EventKind(string Name, JsonTypeInfo Json, Audience Audience = Audience.Staff, bool Erases = false);
