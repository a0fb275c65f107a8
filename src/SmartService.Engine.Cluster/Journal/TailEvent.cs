using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>One event of the journal's end. Read from its JSON when somebody wants to see it, and then once: most are seen by nobody on this gateway.</summary>
/// <param name="kind">What the row is named after.</param>
internal sealed class TailEvent(JournalRow row, EventKind kind)
{
    private JournalledEvent? _event;

    public long Position => row.Position;

    public string Region => row.Region;

    public EntityKey Entity => new(row.Tenant, row.Entity);

    public long Version => row.Version;

    /// <summary>The customer whose feed shows it.</summary>
    public CustomerId? Feed => kind.Audience == Audience.Customer ? row.Feed : null;

    /// <summary>A person was forgotten.</summary>
    public bool Erases => kind.Erases;

    /// <exception cref="JournalException">It cannot be read.</exception>
    public JournalledEvent Read()
    {
        if (Volatile.Read(ref _event) is not { } read)
        {
            read = row.Decode(kind); // Twice at the same time is the same twice.
            Volatile.Write(ref _event, read);
        }

        return read;
    }
}
