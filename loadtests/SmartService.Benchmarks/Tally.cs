using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Journal;

namespace SmartService.Benchmarks;

/// <summary>The smallest entity that writes: one event of a given size per command.</summary>
internal sealed class TallyDecider : IDecider<TallyState, TallyCommand, TallyEvent, TallyRefusal>
{
    public static TallyState Initial { get; } = new(0);

    public static Decision<TallyEvent, TallyRefusal> Decide(TallyState state, TallyCommand command) => command switch
    {
        TallyCommand.Add c => new TallyEvent.Added(c.Text),
        _ => Decision<TallyEvent, TallyRefusal>.Unchanged,
    };

    public static TallyState Evolve(TallyState state, TallyEvent e) => new(state.Count + 1);
}

internal abstract record TallyCommand
{
    /// <summary>Writes one event.</summary>
    internal sealed record Add(string Text) : TallyCommand;

    /// <summary>Changes nothing: the engine's own cost.</summary>
    internal sealed record Ask : TallyCommand;
}

internal abstract record TallyEvent
{
    internal sealed record Added(string Text) : TallyEvent;
}

internal enum TallyRefusal
{
    None,
}

internal sealed record TallyState(long Count);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TallyEvent.Added))]
[JsonSerializable(typeof(TallyState))]
internal sealed partial class TallyJson : JsonSerializerContext;

/// <summary>How it is stored.</summary>
internal static class Tally
{
    private static readonly JsonSerializerOptions Options = StoredJsonOptions.For(TallyJson.Default);

    public static EventKindSet Events { get; } = new([new("tally-added", Options.GetTypeInfo(typeof(TallyEvent.Added)))]);

    public static EntityRegion<TallyState> Region { get; } =
        new("tally", new("tally-state.v1", (JsonTypeInfo<TallyState>)Options.GetTypeInfo(typeof(TallyState))), (_, _) => null);
}
