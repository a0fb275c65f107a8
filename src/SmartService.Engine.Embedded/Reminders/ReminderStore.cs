using System.Text;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Embedded.Reminders;

/// <summary>Reminders in the journal's file: what is acknowledged is on disk, and a backup holds them too.</summary>
internal sealed class ReminderStore(JournalWriter writer, ReaderPool<ReminderReader> readers) : IReminderStore
{
    public static uint Checksum(Reminder reminder) => Crc32C.Of(
        Crc32C.Of(0, Encoding.UTF8.GetBytes($"{reminder.Kind}/{reminder.Name}/{reminder.Due.UtcTicks}")), reminder.Payload.Span);

    public ValueTask PutAsync(Reminder reminder, CancellationToken ct)
    {
        var work = new PutReminderWork(reminder);
        writer.Enqueue(work);
        return new(work.Task);
    }

    public ValueTask RemoveAsync(string kind, string name, DateTimeOffset? due, CancellationToken ct)
    {
        var work = new RemoveReminderWork(kind, name, due?.UtcTicks ?? 0);
        writer.Enqueue(work);
        return new(work.Task);
    }

    public ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct) =>
        new(Read((kind, name), (reader, a) => reader.Find(a.kind, a.name)));

    public ValueTask<IReadOnlyList<Reminder>> EarliestAsync(int limit, CancellationToken ct) =>
        new(Read(limit, (reader, most) => reader.Earliest(most)));

    private TResult Read<TArgument, TResult>(TArgument argument, Func<ReminderReader, TArgument, TResult> read)
    {
        try
        {
            return readers.Use(argument, read);
        }
        catch (SqliteException e)
        {
            throw new JournalException($"Reminders could not be read: {e.Message}", outcomeKnown: true, e);
        }
    }
}
