using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using SmartService.Engine.Cluster.Reminders;
using SmartService.Engine.Following;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>
/// A lease in PostgreSQL, by its clock. Who holds it runs followers and reminders; taken over when its holder falls silent. Renewing says when this node last looked for due
/// reminders; one that has stopped doing so while it goes on renewing is told to let go (<see cref="OverdueReminders"/>) and may come back when nobody else has wanted the lease for as long as it lasts.
/// </summary>
internal sealed partial class PostgresLeadership(
    NpgsqlDataSource database, IOptions<ClusterOptions> options, ReminderPulse pulse, IServiceProvider services, ILogger<PostgresLeadership> logger)
    : ILeadership, IHostedService, IDisposable
{
    public const string Lease = "followers";
    private readonly ClusterOptions _options = options.Value;
    private readonly string _holder = $"{options.Value.Node}/{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private long _until; // Environment.TickCount64 until which it is held for sure.
    private long _reminderChanges = -1;
    private bool _holds;

    public string Node => _options.Node;

    public bool IsLeading => Environment.TickCount64 < Interlocked.Read(ref _until);

    public async ValueTask WaitAsync(CancellationToken ct)
    {
        while (!IsLeading)
        {
            Task taken;
            lock (_gate)
            {
                taken = _taken.Task;
            }

            if (!IsLeading)
            {
                await taken.WaitAsync(ct);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Gives it back, so that another node need not wait.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Exchange(ref _until, 0);
        try
        {
            await using var command = database.CreateCommand("DELETE FROM lease WHERE name = $1 AND holder = $2");
            command.Parameters.Add(new() { Value = Lease });
            command.Parameters.Add(new() { Value = _holder });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            LogFailed(e.Message); // It runs out by itself.
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var asked = Environment.TickCount64;
                if (await TryTakeAsync(ct))
                {
                    Held(asked);
                    await WakeRemindersAsync(ct);
                }
                else if (_holds)
                {
                    _holds = false;
                    LogLost(Node);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                LogFailed(e.Message);
            }

            await Task.Delay(_options.LeaseTime / 5, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO lease (name, holder, until, looked) VALUES ($1, $2, now() + $3, $5)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, given_up = false,
                looked = CASE WHEN lease.holder = excluded.holder THEN greatest(lease.looked, $4) ELSE excluded.looked END
            WHERE CASE WHEN lease.holder = excluded.holder THEN NOT lease.given_up OR lease.until < now() - $3 ELSE lease.until < now() END
            """);
        command.CommandTimeout = Math.Max(1, (int)_options.LeaseTime.TotalSeconds);
        command.Parameters.Add(new() { Value = Lease });
        command.Parameters.Add(new() { Value = _holder });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Interval, Value = _options.LeaseTime });
        command.Parameters.Add(new() { Value = pulse.LastTicks });
        command.Parameters.Add(new() { Value = pulse.NowTicks });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Counted from before it was asked for, and a tenth less: this node lets go before another may take it.</summary>
    private void Held(long asked)
    {
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            if (!IsLeading)
            {
                (waiting, _taken) = (_taken, new(TaskCreationOptions.RunContinuationsAsynchronously));
                LogTaken(Node);
            }

            _holds = true;
            Interlocked.Exchange(ref _until, asked + (long)(_options.LeaseTime.TotalMilliseconds * 0.9));
        }

        waiting?.TrySetResult();
    }

    /// <summary>Reminders set on other nodes since the last look.</summary>
    private async Task WakeRemindersAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM reminder_changes");
        var changes = (long)(await command.ExecuteScalarAsync(ct))!;
        if (Interlocked.Exchange(ref _reminderChanges, changes) != changes && services.GetService(typeof(ReminderService)) is ReminderService reminders)
        {
            reminders.Wake();
        }
    }

    [LoggerMessage(2331, LogLevel.Information, "{Node} now runs what must run once: followers and reminders.")]
    private partial void LogTaken(string node);

    [LoggerMessage(2333, LogLevel.Warning, "{Node} runs no more what must run once: its reminders stood still and it was told to let go, or it was silent for too long.")]
    private partial void LogLost(string node);

    [LoggerMessage(2332, LogLevel.Warning, "The lease of what must run once could not be renewed: {Reason}")]
    private partial void LogFailed(string reason);
}
