namespace SmartService.Engine.Scheduling;

/// <summary>Does what reminders of one kind ask for. At least once: doing the same reminder again must change nothing.</summary>
public interface IReminderHandler
{
    string Kind { get; }

    /// <summary>
    /// Throwing keeps the reminder; it is tried again with growing pauses. Returning takes it away, unless it was set to another time meanwhile. One with much to do
    /// says so now and then (<see cref="IScheduler.AtWork"/>).
    /// </summary>
    ValueTask HandleAsync(Reminder reminder, CancellationToken ct);
}
