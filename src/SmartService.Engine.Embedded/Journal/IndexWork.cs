namespace SmartService.Engine.Embedded.Journal;

/// <summary>What goes into one commit of the index.</summary>
/// <param name="Heads">Null when only snapshots are written.</param>
internal sealed record IndexWork(
    Dictionary<ChainKey, ChainHead>? Heads, long UpTo, Dictionary<ChainKey, WaitingSnapshot> Snapshots, List<DropWork> Drops);
