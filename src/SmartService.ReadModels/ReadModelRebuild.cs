namespace SmartService.ReadModels;

/// <summary>Makes the read models anew from the journal. Safe while the product runs: lists fill up again as it proceeds.</summary>
public sealed class ReadModelRebuild
{
    private readonly ReadModelProcess _process;

    internal ReadModelRebuild(ReadModelProcess process) => _process = process;

    /// <returns>Position of the last event read.</returns>
    public ValueTask<long> RunAsync(IProgress<ReadModelProgress>? progress, CancellationToken ct) => _process.RebuildAsync(progress, ct);
}
