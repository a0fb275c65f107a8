using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Domain;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Grains;

/// <summary>Hosts one decider for one entity. It holds no rule.</summary>
/// <remarks>
/// Reentrant: while an append is on its way, the next command is decided on the state ahead of it (see
/// <see cref="DeciderHost{TDecider,TState,TCommand,TEvent,TRefusal}"/>); turns never overlap, so decisions do not either. For a moment
/// around a lost silo there may be two activations of one entity: the journal takes events from one of them, the other drops
/// itself and the next call reads the journal again.
/// </remarks>
public abstract class EntityGrain<TDecider, TState, TCommand, TEvent, TRefusal> : Grain, IEntityGrain
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private readonly GrainPorts<TState> _ports;
    private DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>? _host;
    private JournalException? _notLoaded;
    private int _underWay;

    /// <param name="services">Its ports are looked up in there, so that no public constructor names them.</param>
    protected EntityGrain(IServiceProvider services) => _ports = services.GetRequiredService<GrainPorts<TState>>();

    private EntityKey Key
    {
        get
        {
            var key = this.GetPrimaryKeyString();
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            return new(new(key[..slash]), key[(slash + 1)..]);
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            _host = await DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>.LoadAsync(_ports.Host, Key, cancellationToken);
        }
        catch (JournalException e)
        {
            // Told to whoever called, who may try again; an exception out of here would be told in Orleans' words.
            _notLoaded = e;
            DeactivateOnIdle();
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_host is { IsSettled: true })
        {
            _host.SnapshotBeforeLeaving();
        }

        return Task.CompletedTask;
    }

    public async Task<EntityAnswer> HandleAsync(Carried command)
    {
        if (_underWay >= _ports.MailboxLength)
        {
            return new() { Fault = EntityFault.Busy, Message = $"{_ports.Host.Region.Name}/{Key}", RetryAfter = _ports.RetryAfter };
        }

        _underWay++;
        try
        {
            var host = _host ?? throw _notLoaded!;
            var handling = host.HandleAsync((TCommand)command.Value);
            var append = host.LastAppend; // Of this command, or of one before it whose outcome it waits for.
            var reply = await handling;
            return new()
            {
                Version = reply.Version,
                Refusal = reply.Refusal is { } refusal ? Convert.ToInt32(refusal, System.Globalization.CultureInfo.InvariantCulture) : null,
                Values = Carry(reply.Events, AppendWork.Of(append, reply.Version, reply.Events.Length)),
                Head = _ports.Head.Position,
                Pressure = _ports.Journal.Pressure,
            };
        }
        catch (EngineBusyException e)
        {
            return new() { Fault = EntityFault.Busy, Message = e.Queue, RetryAfter = e.RetryAfter };
        }
        catch (JournalException e)
        {
            return Dropped(e);
        }
        finally
        {
            _underWay--;
        }
    }

    public async Task<EntityAnswer> ReadAsync(long known)
    {
        try
        {
            var (state, version) = await (_host ?? throw _notLoaded!).ReadWithVersionAsync();
            return new() { Version = version, Values = known == version ? [] : [new(state)], Head = _ports.Head.Position, Pressure = _ports.Journal.Pressure };
        }
        catch (JournalException e)
        {
            return Dropped(e);
        }
    }

    public async Task<EntityAnswer> ScrubAsync()
    {
        var key = new StreamKey(_ports.Host.Region.Name, Key);
        try
        {
            var erasure = await _ports.Scrub.ScrubAsync(key, CancellationToken.None);
            return erasure > 0
                ? new() { Version = erasure, Head = _ports.Head.Position }
                : new() { Fault = EntityFault.Argument, Message = $"{key} does not end with an erasure: erase it first." };
        }
        catch (JournalException e)
        {
            return new() { Fault = EntityFault.Unknown, Message = e.Message };
        }
    }

    private static Carried[] Carry(ImmutableArray<TEvent> events, AppendWork? written)
    {
        var carried = new Carried[events.Length];
        for (var i = 0; i < carried.Length; i++)
        {
            carried[i] = new(events[i]) { Json = written?.Bodies[i] };
        }

        return carried;
    }

    /// <summary>What this activation thinks is no longer what is stored, or that is unknown: the next call reads the journal.</summary>
    private EntityAnswer Dropped(JournalException e)
    {
        DeactivateOnIdle();
        return new()
        {
            Fault = e.InnerException is LostRaceException ? EntityFault.LostRace : e.OutcomeKnown ? EntityFault.NotWritten : EntityFault.Unknown,
            Message = e.Message,
        };
    }
}
