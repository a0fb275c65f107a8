namespace SmartService.Engine.Scheduling;

/// <summary>Does what reminders of one kind ask for. At least once: doing the same reminder again must change nothing.</summary>
public interface IReminderHandler
{
    string Kind { get; }

    /// <summary>Throwing keeps the reminder; it is tried again with growing pauses.</summary>
    ValueTask HandleAsync(Reminder reminder, CancellationToken ct);
}
