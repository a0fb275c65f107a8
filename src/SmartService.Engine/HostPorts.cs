using SmartService.Engine.Journal;

namespace SmartService.Engine;

/// <summary>What all hosts of one region share.</summary>
/// <param name="SnapshotEvery">Events between two snapshots, at least 1.</param>
public sealed record HostPorts<TState>(IJournal Journal, ISnapshots Snapshots, EntityRegion<TState> Region, int SnapshotEvery)
    where TState : class;
