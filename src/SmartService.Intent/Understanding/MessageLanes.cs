using System.Collections.Concurrent;
using SmartService.Engine.Understanding;

namespace SmartService.Intent;

/// <summary>Lets so many messages be read side by side; further ones wait, and whatever is waiting becomes one batch. Thread-safe.</summary>
internal sealed class MessageLanes(int lanes, int mostWaiting, Func<string[], MessageUnderstanding[]> readTogether) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Waiting> _queue = new();
    private int _free = lanes;
    private int _waiting;

    /// <returns>True: read one message now, then <see cref="Leave"/>. False: <see cref="WaitAsync"/>.</returns>
    public bool TryEnter()
    {
        for (var free = Volatile.Read(ref _free); free > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _free, free - 1, free);
            if (seen == free)
            {
                return true;
            }

            free = seen;
        }

        return false;
    }

    /// <exception cref="UnderstandingException">Too many wait already.</exception>
    public Task<MessageUnderstanding> WaitAsync(string text, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > mostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return Task.FromException<MessageUnderstanding>(new UnderstandingException($"{mostWaiting:N0} messages wait for the intent model already."));
        }

        var waiting = new Waiting(text, ct);
        _queue.Enqueue(waiting);
        // The last lane may have left between the caller's look and this one.
        ServeIfFree();
        return waiting.Answer.Task;
    }

    public void Leave()
    {
        Interlocked.Increment(ref _free);
        ServeIfFree();
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            ReadWaiting();
        }
        finally
        {
            Leave();
        }
    }

    private void ServeIfFree()
    {
        // Not on this thread: its own message is answered, its caller goes on.
        if (!_queue.IsEmpty && TryEnter())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void ReadWaiting()
    {
        var batch = new List<Waiting>(DenseRun.Most);
        while (batch.Count < DenseRun.Most && _queue.TryDequeue(out var next))
        {
            Interlocked.Decrement(ref _waiting);
            if (next.Ct.IsCancellationRequested)
            {
                next.Answer.TrySetCanceled(next.Ct);
            }
            else
            {
                batch.Add(next);
            }
        }

        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var answers = readTogether([.. batch.Select(w => w.Text)]);
            for (var i = 0; i < answers.Length; i++)
            {
                batch[i].Answer.TrySetResult(answers[i]);
            }
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who wait; nobody else would ever answer them.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var waiting in batch)
            {
                waiting.Answer.TrySetException(e);
            }
        }
    }

    private sealed record Waiting(string Text, CancellationToken Ct)
    {
        public TaskCompletionSource<MessageUnderstanding> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
