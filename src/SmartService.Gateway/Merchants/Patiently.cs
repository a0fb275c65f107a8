using SmartService.Domain;
using SmartService.Engine;

namespace SmartService.Gateway.Merchants;

/// <summary>For bulk calls, whose half is written already: waits when a queue is full instead of failing the rest, and leaves nobody in memory who was not there.</summary>
internal static class Patiently
{
    private const int Tries = 20;

    public static async ValueTask<Reply<TEvent, TRefusal>> HandleAsync<TState, TCommand, TEvent, TRefusal>(
        IEntities<TState, TCommand, TEvent, TRefusal> entities, EntityKey key, TCommand command, CancellationToken ct)
        where TState : class
        where TCommand : class
        where TEvent : class
        where TRefusal : struct, Enum
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await entities.HandleInPassingAsync(key, command, ct);
            }
            catch (EngineBusyException busy) when (attempt < Tries)
            {
                await Task.Delay(busy.RetryAfter, ct);
            }
        }
    }
}
