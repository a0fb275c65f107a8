using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Embedded.Reminders;

/// <summary>Stores a reminder within the journal's next commit.</summary>
internal sealed class PutReminderWork(Reminder reminder) : JournalWork
{
    public override int Bytes => 100 + reminder.Payload.Length;

    public override void Write(JournalSession session) => session.PutReminder(
        reminder.Kind, reminder.Name, reminder.Due.UtcTicks, reminder.Payload.Span, ReminderStore.Checksum(reminder));
}
