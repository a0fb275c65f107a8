using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using SmartService.Domain;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Nodes;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>Calls grains, and calls again where that may help: after a lost race, a lost silo, a call that did not come back.</summary>
internal sealed partial class ClusterCalls(
    IGrainFactory grains, JournalHead head, TailMark tail, ClusterLoad load, IOptions<ClusterOptions> options, ILogger<ClusterCalls> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly CallLanes _lanes = new(options.Value.MailboxLength, options.Value.RetryAfter);
    private readonly ConcurrentDictionary<Type, (GrainType Type, GrainInterfaceType Contract)> _names = new();
    private long _sent;

    public ClusterOptions Options { get; } = options.Value;

    public TailMark Tail => tail;

    /// <summary>Calls sent so far, each try of one.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Calls an entity after all calls to it that came before, and their answers.</summary>
    /// <exception cref="EngineBusyException">A queue is full; nothing was written.</exception>
    /// <exception cref="JournalException">It could not be done for long enough; the exception says whether it may have been.</exception>
    /// <exception cref="ArgumentException">The call was wrong.</exception>
    /// <exception cref="OperationCanceledException">The caller waits no more. A call that was not sent yet will not be; one that was is seen through before the next.</exception>
    public async ValueTask<EntityAnswer> CallAsync<TGrain>(EntityKey key, Func<TGrain, Task<EntityAnswer>> call, CancellationToken ct)
        where TGrain : IEntityGrain => await CallInTurnAsync(key, call, ct).WaitAsync(ct);

    /// <summary>Calls an entity beside whatever else is under way to it: for a look, which needs what was acknowledged and no more. Fails as the other does.</summary>
    public async ValueTask<EntityAnswer> LookAsync<TGrain>(EntityKey key, Func<TGrain, Task<EntityAnswer>> call, CancellationToken ct)
        where TGrain : IEntityGrain
    {
        var began = load.Began();
        try
        {
            var answer = await CallUntilAnsweredAsync(GrainOf<TGrain>(key), call, ct);
            load.Done(began);
            return answer;
        }
        finally
        {
            load.Ended();
        }
    }

    /// <summary>Goes on without its caller, so that the lane is left when the answer is there and not before.</summary>
    private async Task<EntityAnswer> CallInTurnAsync<TGrain>(EntityKey key, Func<TGrain, Task<EntityAnswer>> call, CancellationToken ct)
        where TGrain : IEntityGrain
    {
        var (grain, entered, began) = (GrainOf<TGrain>(key), Environment.TickCount64, load.Began());
        try
        {
            var (lane, answer) = _lanes.Enter(typeof(TGrain), key, () => TakeTurnAsync(grain, call, entered, ct));
            try
            {
                var answered = await answer;
                load.Done(began);
                return answered;
            }
            finally
            {
                lane.Leave();
            }
        }
        finally
        {
            load.Ended();
        }
    }

    /// <summary>Who waited behind calls that got no answer for as long as it would itself is told so, instead of waiting as long again.</summary>
    private async Task<EntityAnswer> TakeTurnAsync<TGrain>(TGrain grain, Func<TGrain, Task<EntityAnswer>> call, long entered, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Environment.TickCount64 - entered <= (Options.RetryFor + Options.CallTimeout).TotalMilliseconds
            ? await CallUntilAnsweredAsync(grain, call, ct)
            : throw new JournalException("The entity could not be reached: calls before this one got no answer for too long.", outcomeKnown: true);
    }

    /// <summary>Orleans looks a class's names up by reflection for every reference that is asked for by its class; by its names it does not.</summary>
    private TGrain GrainOf<TGrain>(EntityKey key)
        where TGrain : IEntityGrain
    {
        var (type, contract) = _names.GetOrAdd(typeof(TGrain), static (_, grains) =>
        {
            var any = (GrainReference)(object)grains.GetGrain<TGrain>("any");
            return (any.GrainId.Type, any.InterfaceType);
        }, grains);
        return (TGrain)grains.GetGrain(GrainId.Create(type, key.ToString()), contract);
    }

    private async Task<EntityAnswer> CallUntilAnsweredAsync<TGrain>(TGrain grain, Func<TGrain, Task<EntityAnswer>> call, CancellationToken ct)
    {
        var until = Environment.TickCount64 + (long)Options.RetryFor.TotalMilliseconds;
        var (maybeDone, isUnanswered) = (false, false);
        try
        {
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                string reason;
                try
                {
                    Interlocked.Increment(ref _sent);
                    var answer = await call(grain);
                    head.MoveTo(answer.Head);
                    load.Told(answer.Pressure);
                    switch (answer.Fault)
                    {
                        case EntityFault.None:
                            return answer;
                        case EntityFault.Busy when !maybeDone: // Otherwise "nothing was written" would be said of an earlier try, too.
                            throw new EngineBusyException(answer.Message!, answer.RetryAfter);
                        case EntityFault.Argument:
                            throw new ArgumentException(answer.Message, nameof(grain));
                        default:
                            maybeDone |= answer.Fault == EntityFault.Unknown;
                            reason = answer.Message ?? answer.Fault.ToString();
                            break;
                    }
                }
                catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException && !ct.IsCancellationRequested)
                {
                    maybeDone = true;
                    reason = e.Message;
                }

                if (Environment.TickCount64 >= until)
                {
                    throw new JournalException($"The entity could not be reached: {reason}", outcomeKnown: !maybeDone);
                }

                if (!isUnanswered)
                {
                    isUnanswered = true;
                    load.UnansweredBegan();
                }

                LogAgain(typeof(TGrain).Name, reason);
                await Task.Delay(pause, ct);
            }
        }
        finally
        {
            if (isUnanswered)
            {
                load.UnansweredEnded();
            }
        }
    }

    [LoggerMessage(2351, LogLevel.Debug, "A call to a {Grain} is sent again: {Reason}")]
    private partial void LogAgain(string grain, string reason);
}
