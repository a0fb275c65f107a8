using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Overwrites what one entity wrote before its erasure, in one commit: all of it or, after a crash, none.</summary>
internal sealed class ScrubWork(StreamKey key, EventCodecs codecs) : JournalWork
{
    public StreamKey Key => key;

    /// <summary>Version of the erasure; 0 when there was none and nothing was overwritten.</summary>
    public long ErasedAt { get; private set; }

    public override int Bytes => 100;

    public override bool IsExclusive => true;

    public override void Write(JournalSession session)
    {
        try
        {
            var head = session.HeadOf(key);
            foreach (var (position, record) in Overwritten(session, head))
            {
                session.Overwrite(position, record);
            }

            ErasedAt = head.Version;
        }
        catch (Exception e) when (e is ArgumentException or JournalException or UnknownEventException)
        {
            TrySetException(e); // Found before the first byte was overwritten; the journal itself is well.
        }
    }

    public override void FinishOn(JournalSession session)
    {
        if (!session.TryTruncateWal())
        {
            TrySetException(new JournalException(
                "What was overwritten still stands in journal.db-wal, because something reads the journal (a backup?). Try again later.",
                outcomeKnown: false));
        }
    }

    private List<(long Position, byte[] Record)> Overwritten(JournalSession session, ChainHead head)
    {
        var changed = new List<(long, byte[])>();
        var (position, version) = (head.Position, head.Version);
        if (version == 0)
        {
            throw NoErasure();
        }

        while (version > 0)
        {
            var record = session.Read(position);
            if (record.Key != key || record.LastVersion != version)
            {
                throw Damage.At(position, $"it is not version {version} of {key}");
            }

            var isLast = version == head.Version;
            if (isLast && !record.EndsWithErasure(codecs))
            {
                throw NoErasure();
            }

            if (record.Scrubbed(keepLast: isLast) is { } scrubbed)
            {
                changed.Add((position, scrubbed));
            }

            (position, version) = (record.Previous, record.FirstVersion - 1);
        }

        return changed;
    }

    private ArgumentException NoErasure() => new($"{key} does not end with an erasure: erase it first.");
}
