namespace SmartService.Engine.Cluster.Snapshots;

/// <summary>What grain storage keeps of one entity.</summary>
internal sealed class SnapshotState
{
    public long Version { get; set; }

    public string Schema { get; set; } = "";

    public byte[] Data { get; set; } = [];
}
