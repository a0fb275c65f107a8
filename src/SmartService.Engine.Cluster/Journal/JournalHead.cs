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
