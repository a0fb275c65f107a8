using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Peak;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Looks ahead for every customer who visited a page or whose order changed, once per batch.</summary>
/// <remarks>
/// Hands over and goes on: one slow customer holds up nobody. What is in hand when the process dies is not done again, on
/// purpose: help that comes after a restart comes too late.
/// </remarks>
internal sealed class AnticipationFollower(AnticipationQueue queue, IServiceLevel service, AssistanceOptions options, TimeProvider time) : IJournalFollower
{
    public string Name => "anticipation";

    public bool Ignores(Type e) => e != typeof(CustomerEvent.Visited) && e != typeof(CustomerEvent.OrderNoted);

    public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        var oldest = time.GetUtcNow() - options.VisitStaysFresh;
        foreach (var group in events.Where(e => e.At >= oldest && e.Event is (CustomerEvent.Visited or CustomerEvent.OrderNoted)).GroupBy(e => e.Entity))
        {
            // Nobody asked for a popup: at a peak it is the first thing to go.
            if (service.RungOf(group.Key.Tenant) == PeakRung.Full)
            {
                queue.Add(TriggerOf(group.Key, [.. group]));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The page opened last. Reports of how long an earlier page was read often come behind it in one beacon.</summary>
    private static Trigger TriggerOf(EntityKey customer, List<JournalledEvent> events)
    {
        var visited = events.Where(e => e.Event is CustomerEvent.Visited).MaxBy(e => ((CustomerEvent.Visited)e.Event).Visit.At);
        return new(customer, (visited ?? events[^1]).Position, IsVisit: visited is not null);
    }
}
