using Orleans.Concurrency;

namespace SmartService.Engine.Cluster.Grains;

/// <summary>One entity. Key: "{tenant}/{id}".</summary>
public interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>Decides one command; answers when its events are committed.</summary>
    Task<EntityAnswer> HandleAsync(Carried command);

    /// <summary>The state after all acknowledged commands, or only its version when the caller has it already.</summary>
    /// <param name="known">Version of the state the caller has; -1 for none.</param>
    Task<EntityAnswer> ReadAsync(long known);

    /// <summary>Overwrites what the entity wrote before its erasure.</summary>
    Task<EntityAnswer> ScrubAsync();
}

/// <summary>What became of a call.</summary>
public enum EntityFault
{
    None,

    /// <summary>A queue is full; nothing was written.</summary>
    Busy,

    /// <summary>Another activation wrote first; nothing was written. Try again.</summary>
    LostRace,

    /// <summary>Nothing was written.</summary>
    NotWritten,

    /// <summary>It may have been written. Try again with the same ids.</summary>
    Unknown,

    /// <summary>The call was wrong.</summary>
    Argument,
}

/// <summary>An entity's answer.</summary>
[GenerateSerializer]
[Immutable]
[Alias("smartservice.answer")]
public sealed class EntityAnswer
{
    [Id(0)]
    public EntityFault Fault { get; init; }

    /// <summary>What went wrong, or the name of the full queue.</summary>
    [Id(1)]
    public string? Message { get; init; }

    [Id(2)]
    public TimeSpan RetryAfter { get; init; }

    [Id(3)]
    public long Version { get; init; }

    /// <summary>The decider's refusal as a number, or null.</summary>
    [Id(4)]
    public int? Refusal { get; init; }

    /// <summary>New events, or the state.</summary>
    [Id(5)]
    public Carried[] Values { get; init; } = [];

    /// <summary>A committed position that has all of it.</summary>
    [Id(7)]
    public long Head { get; init; }

    /// <summary>How pressed the journal of the entity's silo is.</summary>
    [Id(8)]
    public Pressure Pressure { get; init; }
}

/// <summary>What <see cref="EngineLoad"/> says, on its way from a silo to a gateway.</summary>
[GenerateSerializer]
[Immutable]
[Alias("smartservice.pressure")]
public readonly struct Pressure
{
    /// <summary>How long the oldest append that is not written has waited.</summary>
    [Id(0)]
    public int OldestMs { get; init; }

    /// <summary>The slowest of the last commits, the one under way included.</summary>
    [Id(1)]
    public int SlowestMs { get; init; }

    /// <summary>How full the queue of appends is.</summary>
    [Id(2)]
    public int QueuePercent { get; init; }
}
