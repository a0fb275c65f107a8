namespace SmartService.Engine.Following;

/// <summary>
/// Whether this node is the one that does what must run once in a cluster. Held for a time only and renewed; around a change
/// two nodes may both believe they hold it for a moment, so what runs under it must stand being done twice.
/// </summary>
public interface ILeadership
{
    /// <summary>Stable name of this node; per-node checkpoints are kept under it.</summary>
    string Node { get; }

    bool IsLeading { get; }

    /// <summary>Completes when <see cref="IsLeading"/> has become true.</summary>
    ValueTask WaitAsync(CancellationToken ct);
}
