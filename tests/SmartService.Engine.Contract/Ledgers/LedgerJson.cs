using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Contract.Ledgers;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LedgerEvent.Entered))]
[JsonSerializable(typeof(LedgerEvent.Counted))]
[JsonSerializable(typeof(LedgerState))]
internal sealed partial class LedgerJson : JsonSerializerContext;

/// <summary>How the suite's entity is stored.</summary>
public static class Ledger
{
    private static readonly JsonSerializerOptions Options = StoredJsonOptions.For(LedgerJson.Default);

    public static EventKindSet Events { get; } = new(
    [
        new("ledger-entered", Json<LedgerEvent.Entered>(), Audience.Customer),
        new("ledger-counted", Json<LedgerEvent.Counted>()),
    ]);

    public static EntityRegion<LedgerState> Region { get; } = new("ledger", new("ledger-state.v1", Json<LedgerState>()), (_, s) => s.Customer is { } c ? new CustomerId(c) : null);

    public static EntityKey Key(string id, string tenant = "t1") => new(new(tenant), id);

    private static JsonTypeInfo<T> Json<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
