using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Embedded.Reminders;

/// <summary>Reads reminders and checks them. Used by one thread at a time.</summary>
internal sealed class ReminderReader : IDisposable
{
    private const string Columns = "SELECT kind, name, due, payload, checksum FROM reminder";

    private readonly SqliteConnection _connection;
    private readonly Statement _find;
    private readonly Statement _earliest;

    public ReminderReader(string path)
    {
        _connection = Database.OpenForReading(path);
        _find = new(_connection, Columns + " WHERE kind = ? AND name = ?");
        _earliest = new(_connection, Columns + " ORDER BY due LIMIT ?");
    }

    public Reminder? Find(string kind, string name)
    {
        try
        {
            return _find.Bind(1, kind).Bind(2, name).Step() ? Row(_find) : null;
        }
        finally
        {
            _find.Reset();
        }
    }

    public IReadOnlyList<Reminder> Earliest(int limit)
    {
        var reminders = new List<Reminder>();
        _earliest.Bind(1, limit);
        try
        {
            while (_earliest.Step())
            {
                reminders.Add(Row(_earliest));
            }
        }
        finally
        {
            _earliest.Reset();
        }

        return reminders;
    }

    public void Dispose()
    {
        _find.Dispose();
        _earliest.Dispose();
        _connection.Dispose();
    }

    private static Reminder Row(Statement row)
    {
        var reminder = new Reminder(row.Text(0), row.Text(1), new(row.Int64(2), TimeSpan.Zero), row.Blob(3).ToArray());
        return row.Int64(4) == ReminderStore.Checksum(reminder)
            ? reminder
            : throw new JournalException(
                $"journal.db is damaged: the reminder {reminder.Kind} {reminder.Name} is not as it was written. Restore a backup.", outcomeKnown: true);
    }
}
