using Npgsql;
using SmartService.Engine.Cluster.Schema;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>
/// The last position this process knows to be committed. Positions are committed in their order, so all before it are too,
/// wherever they were written.
/// </summary>
internal sealed class JournalHead
{
    private readonly Lock _gate = new();
    private long _position;
    private TaskCompletionSource? _moved;

    public long Position => Interlocked.Read(ref _position);

    /// <summary>Finds how far the journal has come, by its database.</summary>
    /// <exception cref="DataFormatException">It was not migrated.</exception>
    /// <exception cref="JournalException">PostgreSQL cannot be used.</exception>
    public async Task FindAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await JournalSchema.Migrations.CheckAsync(database, ct);
        await using var command = database.CreateCommand("SELECT position FROM journal_head");
        MoveTo((long)(await command.ExecuteScalarAsync(ct))!);
    }

    public void MoveTo(long position)
    {
        TaskCompletionSource? moved;
        lock (_gate)
        {
            if (position <= _position)
            {
                return;
            }

            Interlocked.Exchange(ref _position, position);
            (moved, _moved) = (_moved, null);
        }

        moved?.TrySetResult();
    }

    public async ValueTask WaitBeyondAsync(long position, CancellationToken ct)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_position > position)
                {
                    return;
                }

                _moved ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(ct);
        }
    }
}
