namespace SmartService.Engine.Scheduling;

/// <summary>Where an engine keeps reminders, durable.</summary>
public interface IReminderStore
{
    ValueTask PutAsync(Reminder reminder, CancellationToken ct);

    /// <param name="due">Removes it only when it still has this due time; null removes it in any case.</param>
    ValueTask RemoveAsync(string kind, string name, DateTimeOffset? due, CancellationToken ct);

    ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct);

    /// <summary>Up to <paramref name="limit"/> reminders, the earliest due first.</summary>
    ValueTask<IReadOnlyList<Reminder>> EarliestAsync(int limit, CancellationToken ct);

    /// <summary>The scheduler, or a handler in the midst of long work, gets on. For engines where somebody watches whether it hangs.</summary>
    void AtWork()
    {
    }
}
