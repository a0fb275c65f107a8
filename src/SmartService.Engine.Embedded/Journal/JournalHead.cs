namespace SmartService.Engine.Embedded.Journal;

/// <summary>The last position that is on disk and told, and those who wait for the next.</summary>
internal sealed class JournalHead(long position)
{
    private long _position = position;
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _waiting = [];

    public long Position => Interlocked.Read(ref _position);

    public void MoveTo(long position) => Interlocked.Exchange(ref _position, position);

    public void WakeWaiting()
    {
        lock (_gate)
        {
            _waiting.ForEach(static w => w.TrySetResult()); // Their continuations run elsewhere.
            _waiting.Clear();
        }
    }

    public async ValueTask WaitBeyondAsync(long position, CancellationToken ct)
    {
        while (Position <= position)
        {
            ct.ThrowIfCancellationRequested();
            var moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (Position > position)
                {
                    return; // It moved between the look and the registration.
                }

                _waiting.Add(moved);
            }

            using var cancelled = ct.UnsafeRegister(static (w, token) => ((TaskCompletionSource)w!).TrySetCanceled(token), moved);
            try
            {
                await moved.Task;
            }
            catch (OperationCanceledException)
            {
                lock (_gate)
                {
                    _waiting.Remove(moved);
                }

                throw;
            }
        }
    }
}
