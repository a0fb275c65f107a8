using Microsoft.Extensions.DependencyInjection;

namespace SmartService.Engine.Contract;

/// <summary>What a test asks of the engine it starts; nulls are the engine's defaults.</summary>
public sealed record EngineSettings
{
    public int? SnapshotEvery { get; init; }

    public int? MailboxLength { get; init; }

    public int? JournalQueueLength { get; init; }

    public int? FeedBuffer { get; init; }

    public int? MostInMemory { get; init; }

    /// <summary>Ignored by an engine that lets nobody go early.</summary>
    public int? MostInPassing { get; init; }

    public TimeProvider? Clock { get; init; }

    /// <summary>Further services, for example followers.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
