using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>A history opened by one activation.</summary>
internal sealed class ClusterStream(StreamKey key, long openedVersion) : JournalStream(key)
{
    private volatile bool _isBroken;

    public override long OpenedVersion => openedVersion;

    /// <summary>An append of it was not written: what the activation thinks now is not what is stored.</summary>
    public bool IsBroken => _isBroken;

    public void Break() => _isBroken = true;
}
