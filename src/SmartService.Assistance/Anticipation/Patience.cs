using SmartService.Domain;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Sends a command of a follower, which may wait, where a shopper may not.</summary>
internal static class Patience
{
    /// <summary>Entities told side by side by one follower.</summary>
    public const int AtOnce = 16;
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

    /// <summary>Runs one action per key, several at a time. The first failure stops the rest and is thrown.</summary>
    public static async ValueTask ForEachAsync<T>(IEnumerable<T> keys, Func<T, CancellationToken, ValueTask> action, CancellationToken ct) =>
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, action);
}
