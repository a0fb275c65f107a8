using SmartService.Domain;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Sends a command of a follower, which may wait, where a shopper may not.</summary>
internal static class Patience
{
    /// <summary>Entities told side by side by one follower.</summary>
    public const int AtOnce = 64;
    private const int Tries = 8;

    /// <exception cref="EngineBusyException">The queue stayed full; the follower stops and comes back to the event.</exception>
    public static async ValueTask<Reply<TEvent, TRefusal>> TellAsync<TState, TCommand, TEvent, TRefusal>(
        this IEntities<TState, TCommand, TEvent, TRefusal> entities, EntityKey key, TCommand command, TimeProvider time, CancellationToken ct)
        where TState : class
        where TCommand : class
        where TEvent : class
        where TRefusal : struct, Enum
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await entities.HandleAsync(key, command, ct);
            }
            catch (EngineBusyException e) when (tried < Tries)
            {
                await Task.Delay(e.RetryAfter, time, ct);
            }
        }
    }

    /// <summary>Runs one action per key, several at a time. The first failure stops the rest and is thrown, when those under way have ended.</summary>
    /// <remarks>An action decides at once and then waits for the disk; so they are begun one after another here, without workers of their own.</remarks>
    public static async ValueTask ForEachAsync<T>(IEnumerable<T> keys, Func<T, CancellationToken, ValueTask> action, CancellationToken ct)
    {
        var begun = new Queue<Task>();
        try
        {
            foreach (var key in keys)
            {
                ct.ThrowIfCancellationRequested();
                if (begun.Count == AtOnce)
                {
                    await begun.Dequeue();
                }

                var one = action(key, ct);
                if (!one.IsCompletedSuccessfully)
                {
                    begun.Enqueue(one.AsTask());
                }
            }

            while (begun.TryDequeue(out var one))
            {
                await one;
            }
        }
        finally
        {
            foreach (var one in begun)
            {
                await one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // What went wrong first is thrown already.
            }
        }
    }
}
