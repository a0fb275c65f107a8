using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Overwrites the past of erased entities: in the journal in place, then its WAL, then the snapshot in the index.
/// </summary>
/// <remarks>No snapshot from before the erasure can come in later: a host offers snapshots under the lock under which it
/// takes note of what is acknowledged, and the erasure was acknowledged before.</remarks>
internal sealed class SqliteErasure(JournalWriter writer, ChainIndex index, EventCodecs codecs) : IJournalErasure
{
    public async ValueTask ScrubAsync(string region, EntityKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var stream = new StreamKey(region, key);
        var work = new ScrubWork(stream, codecs);
        writer.Enqueue(work);
        await work.Task;
        await index.DropSnapshotAsync(ChainKey.Of(stream));
    }
}
