using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Journal;

namespace SmartService.Faults.World;

/// <summary>The drills' own entity: slips put on a spike, each once by its id; each knows how many lay there before it.</summary>
internal sealed class SlipDecider : IDecider<SlipState, SlipCommand, SlipEvent, SlipRefusal>
{
    public static SlipState Initial => SlipState.Empty;

    public static Decision<SlipEvent, SlipRefusal> Decide(SlipState state, SlipCommand command) => command switch
    {
        SlipCommand.Put c => Fresh(state, c.Ids),
        SlipCommand.Burn => throw new InvalidOperationException("This one always throws."),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    public static SlipState Evolve(SlipState state, SlipEvent e) => e switch
    {
        SlipEvent.Laid laid when laid.Under == state.Ids.Count => new(state.Ids.Add(laid.Id), laid.Customer),
        _ => throw new CorruptHistoryException(state, e),
    };

    private static Decision<SlipEvent, SlipRefusal> Fresh(SlipState state, ImmutableArray<string> ids)
    {
        var fresh = ids.Where(id => !state.Ids.Contains(id)).ToArray();
        return ImmutableArray.CreateRange(fresh.Select((id, i) => (SlipEvent)new SlipEvent.Laid(id, state.Ids.Count + i, "c-" + id[0])));
    }
}

internal abstract record SlipCommand
{
    internal sealed record Put(ImmutableArray<string> Ids) : SlipCommand;

    internal sealed record Burn : SlipCommand;
}

internal abstract record SlipEvent
{
    /// <param name="Under">How many lay there before: a lost or doubled one breaks the replay.</param>
    internal sealed record Laid(string Id, int Under, string Customer) : SlipEvent;
}

internal enum SlipRefusal
{
    None,
}

internal sealed record SlipState(ImmutableList<string> Ids, string? Customer)
{
    public static SlipState Empty { get; } = new([], null);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SlipEvent.Laid))]
[JsonSerializable(typeof(SlipState))]
internal sealed partial class SlipJson : JsonSerializerContext;

/// <summary>How they are stored.</summary>
internal static class Slips
{
    private static readonly JsonSerializerOptions Options = StoredJsonOptions.For(SlipJson.Default);

    public static EventKindSet Events { get; } = new([new("slip-laid", Options.GetTypeInfo(typeof(SlipEvent.Laid)), Audience.Customer)]);

    public static EntityRegion<SlipState> Region { get; } = new(
        "slip", new("slip-state.v1", (JsonTypeInfo<SlipState>)Options.GetTypeInfo(typeof(SlipState))), (_, s) => s.Customer is { } c ? new CustomerId(c) : null);

    public static TenantId Tenant { get; } = new("t");

    public static EntityKey Key(string spike) => new(Tenant, spike);
}
