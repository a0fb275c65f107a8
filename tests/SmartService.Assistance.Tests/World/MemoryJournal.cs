using SmartService.Domain;
using SmartService.Engine;

namespace SmartService.Assistance.Tests.World;

/// <summary>A journal that is a list.</summary>
internal sealed class MemoryJournal(TimeProvider time) : IJournalReader
{
    private readonly List<JournalledEvent> _events = [];

    public long Head
    {
        get
        {
            lock (_events)
            {
                return _events.Count;
            }
        }
    }

    public void Append(string region, EntityKey key, long version, object e)
    {
        lock (_events)
        {
            _events.Add(new(_events.Count + 1, region, key, version, e.GetType().Name, e, time.GetUtcNow()));
        }
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct)
    {
        lock (_events)
        {
            return new([.. _events.Skip((int)after).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct)
    {
        lock (_events)
        {
            return new([.. _events.Where(e => e.Region == region && e.Entity == key)]);
        }
    }

    public ValueTask WaitBeyondAsync(long position, CancellationToken ct) => throw new NotSupportedException();
}
