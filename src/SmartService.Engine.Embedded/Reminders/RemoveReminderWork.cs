using SmartService.Engine.Embedded.Journal;

namespace SmartService.Engine.Embedded.Reminders;

/// <summary>Forgets a reminder within the journal's next commit.</summary>
/// <param name="dueTicks">0: whatever it is due.</param>
internal sealed class RemoveReminderWork(string kind, string name, long dueTicks) : JournalWork
{
    public override int Bytes => 100;

    public override void Write(JournalSession session) => session.RemoveReminder(kind, name, dueTicks);
}
