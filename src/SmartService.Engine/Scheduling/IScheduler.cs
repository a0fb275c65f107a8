namespace SmartService.Engine.Scheduling;

/// <summary>Keeps reminders on disk and calls their handlers when they are due, by the <see cref="TimeProvider"/>'s clock.</summary>
public interface IScheduler
{
    /// <summary>Sets or moves a reminder. When this returns it is on disk.</summary>
    ValueTask SetAsync(Reminder reminder, CancellationToken ct);

    /// <summary>Forgets a reminder; one that does not exist is no error.</summary>
    ValueTask CancelAsync(string kind, string name, CancellationToken ct);

    /// <summary>The reminder as it stands, or null.</summary>
    ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct);

    /// <summary>A handler with much to do calls it as it gets on, for each thing it has done: one that says nothing for long is taken to hang.</summary>
    void AtWork();
}
