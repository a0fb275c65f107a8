using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SmartService.Engine.Cluster.Nodes;

namespace SmartService.Engine.Cluster.Reminders;

/// <summary>
/// The second line behind the gateway that runs reminders. A silo cannot carry them out, for what they ask for (training, retention, erasures with all that hangs on them)
/// lives on gateways; it can see that they are overdue, say so, and have the lease of a gateway whose scheduler stands still go to another one.
/// </summary>
/// <param name="clock">The one by which reminders are due.</param>
internal sealed partial class OverdueReminders(NpgsqlDataSource database, IOptions<ClusterOptions> options, TimeProvider clock, ILogger<OverdueReminders> logger)
{
    private readonly TimeSpan _bound = options.Value.OverdueAfter;

    /// <summary>Who was told to let go since reminders have been overdue: told once, it may keep what nobody else wants.</summary>
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private long _count;
    private long _ageTicks;

    /// <summary>How many were overdue at the last look; 0 on a silo that does not look.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>For how long the oldest of them has been due.</summary>
    public TimeSpan Age => new(Interlocked.Read(ref _ageTicks));

    public async Task LookAsync(CancellationToken ct)
    {
        try
        {
            var now = clock.GetUtcNow().UtcTicks;
            var (count, due, holder, looked) = await AskAsync(now - _bound.Ticks, ct);
            var age = count == 0 ? TimeSpan.Zero : new(now - due);
            Interlocked.Exchange(ref _count, count);
            Interlocked.Exchange(ref _ageTicks, age.Ticks);
            if (count == 0)
            {
                _told.Clear();
            }
            else if (holder is null)
            {
                LogNobody(count, age);
            }
            else if (looked is not { } last || now - last <= _bound.Ticks)
            {
                LogFail(count, age, NodeOf(holder));
            }
            else if (!_told.Add(holder))
            {
                LogStuck(count, age, NodeOf(holder), new(now - last));
            }
            else if (await TellToLetGoAsync(holder, last, ct))
            {
                LogTold(count, age, NodeOf(holder), new(now - last));
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            LogUnread(e.Message); // The next look is in a minute.
        }
    }

    public void Forget()
    {
        Interlocked.Exchange(ref _count, 0);
        Interlocked.Exchange(ref _ageTicks, 0);
        _told.Clear();
    }

    private static string NodeOf(string holder) => holder[..holder.LastIndexOf('/')];

    private async Task<(long Count, long Due, string? Holder, long? Looked)> AskAsync(long before, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT r.count, r.due, l.holder, l.looked
            FROM (SELECT count(*) AS count, coalesce(min(due), 0) AS due FROM reminder WHERE due < $1) r
            LEFT JOIN lease l ON l.name = $2 AND l.until > now()
            """);
        command.Parameters.Add(new() { Value = before });
        command.Parameters.Add(new() { Value = PostgresLeadership.Lease });
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3));
    }

    /// <returns>False when it has looked meanwhile, or holds the lease no more.</returns>
    private async Task<bool> TellToLetGoAsync(string holder, long looked, CancellationToken ct)
    {
        await using var command = database.CreateCommand("UPDATE lease SET given_up = true WHERE name = $1 AND holder = $2 AND looked = $3");
        command.Parameters.Add(new() { Value = PostgresLeadership.Lease });
        command.Parameters.Add(new() { Value = holder });
        command.Parameters.Add(new() { Value = looked });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    [LoggerMessage(2362, LogLevel.Error, "{Count} reminders are overdue, one by {Age}, and no gateway runs them: start one.")]
    private partial void LogNobody(long count, TimeSpan age);

    [LoggerMessage(2363, LogLevel.Warning, "{Count} reminders are overdue, one by {Age}, though {Node} runs them: they fail or there are too many; its log says which.")]
    private partial void LogFail(long count, TimeSpan age, string node);

    [LoggerMessage(2364, LogLevel.Error, "{Count} reminders are overdue, one by {Age}: {Node} has not looked for {Silent} and was told to leave what must run once to another gateway.")]
    private partial void LogTold(long count, TimeSpan age, string node, TimeSpan silent);

    [LoggerMessage(2365, LogLevel.Error, "{Count} reminders are overdue, one by {Age}: {Node} has not looked for {Silent}, and no other gateway took over. Start it again.")]
    private partial void LogStuck(long count, TimeSpan age, string node, TimeSpan silent);

    [LoggerMessage(2366, LogLevel.Warning, "Whether reminders are overdue could not be read: {Reason}")]
    private partial void LogUnread(string reason);
}
