using SmartService.Domain;
using SmartService.Engine.Embedded.Journal;

namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>All entities of one kind; those called recently are in memory.</summary>
internal class Entities<TDecider, TState, TCommand, TEvent, TRefusal>
    : IEntities<TState, TCommand, TEvent, TRefusal>, IPassivating
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private const int LongestId = 256;

    private readonly MailboxTable<Mailbox<TDecider, TState, TCommand, TEvent, TRefusal>> _inMemory = new();
    private readonly PassingMailboxes<Mailbox<TDecider, TState, TCommand, TEvent, TRefusal>> _passing;
    private readonly HostPorts<TState> _ports;
    private readonly EmbeddedEngine _engine;
    private int _sweep;

    public Entities(EmbeddedEngine engine, EntityRegion<TState> region)
    {
        _engine = engine;
        _passing = new(engine.Options.MostInPassing);
        _ports = new(engine.Journal, engine.Snapshots, region, engine.Options.SnapshotEvery);
        engine.Passivator.Add(this);
    }

    public string Region => _ports.Region.Name;

    public int MailboxLength => _engine.Options.MailboxLength;

    public TimeSpan RetryAfter => _engine.Options.RetryAfter;

    public int Sweep => Volatile.Read(ref _sweep);

    public int Count => _inMemory.Count;

    public ValueTask<Reply<TEvent, TRefusal>> HandleAsync(EntityKey key, TCommand command, CancellationToken ct) => HandleAsync(key, command, inPassing: false, ct);

    public ValueTask<Reply<TEvent, TRefusal>> HandleInPassingAsync(EntityKey key, TCommand command, CancellationToken ct) => HandleAsync(key, command, inPassing: true, ct);

    public ValueTask<TState> ReadAsync(EntityKey key, CancellationToken ct) => ReadAsync(key, inPassing: false, ct);

    public ValueTask<TState> ReadInPassingAsync(EntityKey key, CancellationToken ct) => ReadAsync(key, inPassing: true, ct);

    /// <summary>Those not called for two sweeps leave; when too many are in memory, the least recently called leave too.</summary>
    public void Passivate(int idleSweeps)
    {
        var now = Interlocked.Increment(ref _sweep);
        var keptSince = Math.Max(now - idleSweeps, FirstKept());
        foreach (var mailbox in _inMemory.Each())
        {
            if (mailbox.LastUse < keptSince && mailbox.TryRetire())
            {
                Remove(mailbox);
            }
        }

        _passing.Tidy();
    }

    public void DropPoisoned()
    {
        foreach (var mailbox in _inMemory.Each())
        {
            mailbox.DropIfPoisoned();
        }
    }

    /// <summary>Takes turns where a conductor says, on the thread pool without one.</summary>
    public void Queue(IThreadPoolWorkItem turns)
    {
        if (_engine.Options.Conductor is { } conductor)
        {
            conductor.Queue(turns);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(turns, preferLocal: false);
        }
    }

    /// <param name="command">Null: loading it failed.</param>
    public void Failed(EntityKey key, TCommand? command, Exception cause) => _engine.Quarantine.Failed(Region, key, command?.GetType(), cause);

    /// <summary>Whether anything has failed lately, here or elsewhere: only then successes are worth telling.</summary>
    public bool HasFailures => _engine.Quarantine.IsOpen;

    public void Worked(EntityKey key, TCommand? command) => _engine.Quarantine.Worked(Region, key, command?.GetType());

    public ValueTask<DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>> LoadAsync(EntityKey key) =>
        DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>.LoadAsync(_ports, key, CancellationToken.None);

    public void Remove(Mailbox<TDecider, TState, TCommand, TEvent, TRefusal> mailbox) => _inMemory.Remove(mailbox);

    private ValueTask<Reply<TEvent, TRefusal>> HandleAsync(EntityKey key, TCommand command, bool inPassing, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(command);
        ct.ThrowIfCancellationRequested();
        if (HasFailures && _engine.Quarantine.Refusal(Region, key, command.GetType()) is { } refusal)
        {
            return ValueTask.FromException<Reply<TEvent, TRefusal>>(refusal);
        }

        while (true)
        {
            if (Mailbox(key, inPassing).TryHandle(command, inPassing, out var reply))
            {
                return reply;
            }
        }
    }

    private ValueTask<TState> ReadAsync(EntityKey key, bool inPassing, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (HasFailures && _engine.Quarantine.Refusal(Region, key, null) is { } refusal)
        {
            return ValueTask.FromException<TState>(refusal);
        }

        while (true)
        {
            if (Mailbox(key, inPassing).TryRead(inPassing, out var state))
            {
                return state;
            }
        }
    }

    /// <summary>The sweep since which entities may stay, so that about as many stay as may.</summary>
    private int FirstKept()
    {
        var over = Count - _engine.Options.MostInMemory;
        if (over <= 0)
        {
            return 0;
        }

        var uses = new SortedDictionary<int, int>();
        foreach (var mailbox in _inMemory.Each())
        {
            uses[mailbox.LastUse] = uses.GetValueOrDefault(mailbox.LastUse) + 1;
        }

        foreach (var (sweep, count) in uses)
        {
            over -= count;
            if (over <= 0)
            {
                return sweep + 1;
            }
        }

        return 0;
    }

    private Mailbox<TDecider, TState, TCommand, TEvent, TRefusal> Mailbox(EntityKey key, bool inPassing)
    {
        if (_inMemory.TryGet(key, out var mailbox))
        {
            return mailbox;
        }

        if (string.IsNullOrEmpty(key.Id) || key.Id.Length > LongestId || string.IsNullOrEmpty(key.Tenant.Value))
        {
            throw new ArgumentException($"'{key}' is no key: a tenant and an id of 1 to {LongestId} characters.", nameof(key));
        }

        // One copy of the tenant's name for all its entities.
        var compact = key with { Tenant = new(TextPool.Of(key.Tenant.Value)) };
        mailbox = _inMemory.GetOrAdd(new(this, compact, inPassing), out var added);
        if (added && inPassing)
        {
            _passing.Add(mailbox);
        }

        if (added && Count > _engine.Options.MostInMemory)
        {
            _engine.Passivator.SweepSoon();
        }

        return mailbox;
    }
}
