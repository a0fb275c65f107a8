namespace SmartService.Engine.Embedded.Journal;

/// <summary>The last position that is on disk and told, and those who wait for the next.</summary>
internal sealed class JournalHead(long position)
{
    private long _position = position;
    private TaskCompletionSource? _moved;

    public long Position => Interlocked.Read(ref _position);

    public void MoveTo(long position) => Interlocked.Exchange(ref _position, position);

    public void WakeWaiting() => Interlocked.Exchange(ref _moved, null)?.TrySetResult();

    public async ValueTask WaitBeyondAsync(long position, CancellationToken ct)
    {
        while (Position <= position)
        {
            ct.ThrowIfCancellationRequested();
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var moved = Interlocked.CompareExchange(ref _moved, mine, null) ?? mine;
            if (Position > position)
            {
                return; // It moved between the look and the registration.
            }

            await moved.Task.WaitAsync(ct);
        }
    }
}
