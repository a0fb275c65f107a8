using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Engine;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Events in runs that one statement can write: erasures take rows away that nobody lists beforehand, so they go by themselves.</summary>
internal static class Segments
{
    public static IEnumerable<IReadOnlyList<JournalledEvent>> Of(IReadOnlyList<JournalledEvent> events, long known)
    {
        var segment = new List<JournalledEvent>(events.Count);
        var erases = false;
        foreach (var e in events)
        {
            if (e.Position <= known)
            {
                continue;
            }

            if (segment.Count > 0 && Erases(e) != erases)
            {
                yield return segment;
                segment = [];
            }

            erases = Erases(e);
            segment.Add(e);
        }

        if (segment.Count > 0)
        {
            yield return segment;
        }
    }

    public static bool Erases(JournalledEvent e) => e.Event is CustomerEvent.Erased or ConversationEvent.Erased or OrderEvent.Erased;
}
