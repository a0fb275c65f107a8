using Npgsql;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Cluster.Reminders;

/// <summary>
/// Reminders beside the journal. Not Orleans' own: those carry no payload, belong to a grain, come no more often than once a
/// minute and know no clock but the machine's. What the scheduler alone does (looking, getting on with what is due) is its pulse.
/// </summary>
internal sealed class PostgresReminders(NpgsqlDataSource database, ReminderPulse pulse) : IReminderStore
{
    private const string Columns = "SELECT kind, name, due, payload FROM reminder";

    public async ValueTask PutAsync(Reminder reminder, CancellationToken ct) => await RunAsync(
        """
        INSERT INTO reminder (kind, name, due, payload) VALUES ($1, $2, $3, $4)
        ON CONFLICT (kind, name) DO UPDATE SET due = excluded.due, payload = excluded.payload
        RETURNING nextval('reminder_changes')
        """,
        [reminder.Kind, reminder.Name, reminder.Due.UtcTicks, reminder.Payload.ToArray()],
        ct);

    public async ValueTask RemoveAsync(string kind, string name, DateTimeOffset? due, CancellationToken ct) => await RunAsync(
        "DELETE FROM reminder WHERE kind = $1 AND name = $2 AND ($3 = 0 OR due = $3)", [kind, name, due?.UtcTicks ?? 0L], ct);

    public async ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct) =>
        (await RunAsync(Columns + " WHERE kind = $1 AND name = $2", [kind, name], ct)).SingleOrDefault();

    public async ValueTask<IReadOnlyList<Reminder>> EarliestAsync(int limit, CancellationToken ct)
    {
        pulse.Beat();
        return await RunAsync(Columns + " ORDER BY due LIMIT $1", [limit], ct);
    }

    public void AtWork() => pulse.Beat();

    private async Task<List<Reminder>> RunAsync(string sql, object[] parameters, CancellationToken ct)
    {
        try
        {
            await using var command = database.CreateCommand(sql);
            foreach (var value in parameters)
            {
                command.Parameters.Add(new() { Value = value });
            }

            await using var reader = await command.ExecuteReaderAsync(ct);
            var reminders = new List<Reminder>();
            while (reader.FieldCount == 4 && await reader.ReadAsync(ct))
            {
                reminders.Add(new(reader.GetString(0), reader.GetString(1), new(reader.GetInt64(2), TimeSpan.Zero), reader.GetFieldValue<byte[]>(3)));
            }

            return reminders;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            throw new JournalException($"Reminders could not be read or written: {e.Message}", outcomeKnown: false, e);
        }
    }
}
