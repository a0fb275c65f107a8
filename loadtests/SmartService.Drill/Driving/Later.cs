using System.Diagnostics.CodeAnalysis;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>What goes out at a moment to come, the earliest first. Thread-safe.</summary>
internal sealed class Later
{
    private readonly PriorityQueue<Exchange, long> _exchanges = new();

    /// <param name="at">In Stopwatch ticks.</param>
    public void Add(Exchange exchange, long at)
    {
        lock (_exchanges)
        {
            _exchanges.Enqueue(exchange, at);
        }
    }

    /// <returns>False when nothing is due.</returns>
    public bool TryTake(long now, [NotNullWhen(true)] out Exchange? exchange)
    {
        lock (_exchanges)
        {
            return _exchanges.TryPeek(out exchange, out var at) && at <= now && _exchanges.TryDequeue(out exchange, out _);
        }
    }
}
