using System.Diagnostics.CodeAnalysis;
using SmartService.Domain;

namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>
/// One entity in memory, with the commands that wait for it.
/// </summary>
/// <remarks>
/// A command that finds the entity free is decided at once, on its caller's thread; one that finds it busy waits in a
/// queue that exists only then, and is decided on the thread pool. A turn is the deciding alone: the flush it waits for
/// belongs to the reply (see <see cref="DeciderHost{TDecider,TState,TCommand,TEvent,TRefusal}"/>). So an idle entity is
/// this object, its host and its state, and no thread.
/// </remarks>
internal sealed class Mailbox<TDecider, TState, TCommand, TEvent, TRefusal>(
    Entities<TDecider, TState, TCommand, TEvent, TRefusal> home, EntityKey key, bool inPassing)
    : IThreadPoolWorkItem, ILinkedMailbox<Mailbox<TDecider, TState, TCommand, TEvent, TRefusal>>, IPassingMailbox
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    /// <summary>Turns in a row on one thread before others get it.</summary>
    private const int TurnsInARow = 64;

    private DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>? _host;
    private Queue<Envelope<TCommand, Reply<TEvent, TRefusal>>>? _waiting;
    private Mailbox<TDecider, TState, TCommand, TEvent, TRefusal>? _next;
    private int _lastUse;
    private bool _busy;
    private bool _retired;
    private bool _passing = inPassing;

    public EntityKey Key => key;

    public Mailbox<TDecider, TState, TCommand, TEvent, TRefusal>? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>The sweep during which it was called last.</summary>
    public int LastUse => Volatile.Read(ref _lastUse);

    public bool IsPassing => Volatile.Read(ref _passing) && !Volatile.Read(ref _retired);

    /// <summary>False when it has left memory meanwhile: look it up again.</summary>
    /// <param name="byPasser">Who calls will not come back.</param>
    /// <param name="reply">Whatever goes wrong is in here; nothing is thrown.</param>
    public bool TryHandle(TCommand command, bool byPasser, out ValueTask<Reply<TEvent, TRefusal>> reply)
    {
        var load = false;
        lock (this)
        {
            if (_retired)
            {
                reply = default;
                return false;
            }

            NoteCall(byPasser);
            if (_busy || _host is null)
            {
                reply = TryEnqueue(command, out var envelope) ? new(envelope.Task) : ValueTask.FromException<Reply<TEvent, TRefusal>>(Full());
                load = !_busy;
            }
            else
            {
                reply = default;
            }

            if (_busy)
            {
                return true;
            }

            _busy = true;
        }

        if (load)
        {
            _ = LoadAsync();
            return true;
        }

        try
        {
            reply = _host!.HandleAsync(command); // Loaded: looked at under the lock.
            Decided(command, reply.IsFaulted);
        }
#pragma warning disable CA1031 // In the reply, as when the command had waited: callers need not tell the two apart.
        catch (Exception e)
#pragma warning restore CA1031
        {
            reply = ValueTask.FromException<Reply<TEvent, TRefusal>>(e);
            Threw(command, e);
        }

        Release();
        return true;
    }

    /// <summary>The acknowledged state; false when it has left memory meanwhile.</summary>
    public bool TryRead(bool byPasser, out ValueTask<TState> state)
    {
        if (_host is { IsPoisoned: true })
        {
            DropIfPoisoned(); // Reads go on while nothing can be written.
        }

        var isLoaded = false;
        var load = false;
        lock (this)
        {
            if (_retired)
            {
                state = default;
                return false;
            }

            NoteCall(byPasser);
            if (_host is not null)
            {
                state = _host.ReadAsync();
                isLoaded = true;
            }
            else
            {
                state = TryEnqueue(null, out var envelope) ? ReadLoadedAsync(envelope.Task, byPasser) : ValueTask.FromException<TState>(Full());
                load = !_busy;
                _busy = true;
            }
        }

        if (isLoaded && !state.IsCompletedSuccessfully)
        {
            state = ReadOrAgainAsync(state, byPasser);
        }

        if (load)
        {
            _ = LoadAsync();
        }

        return true;
    }

    /// <summary>Leaves memory if its state stands on an append that was lost; the next call loads what is on disk.</summary>
    public void DropIfPoisoned()
    {
        lock (this)
        {
            if (_retired || _host is not { IsPoisoned: true })
            {
                return;
            }

            _retired = true;
        }

        home.Remove(this); // Turns still waiting fail one by one: their host refuses them.
    }

    public bool TryLeave()
    {
        if (!TryRetire(onlyPassing: true))
        {
            return false;
        }

        home.Remove(this);
        return true;
    }

    /// <summary>Leaves memory if nothing is under way.</summary>
    /// <param name="onlyPassing">And only if nobody but those who come by has called it.</param>
    public bool TryRetire(bool onlyPassing = false)
    {
        lock (this)
        {
            if (_retired || (onlyPassing && !_passing) || _busy || _waiting is not null || _host is not { IsSettled: true })
            {
                return false;
            }

            _retired = true;
        }

        _host.SnapshotBeforeLeaving();
        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var i = 0; i < TurnsInARow; i++)
        {
            Envelope<TCommand, Reply<TEvent, TRefusal>>? next;
            lock (this)
            {
                if (_waiting is null || !_waiting.TryDequeue(out next))
                {
                    (_waiting, _busy) = (null, false);
                    return;
                }
            }

            TakeTurn(next);
        }

        home.Queue(this);
    }

    /// <summary>Under the lock.</summary>
    private void NoteCall(bool byPasser)
    {
        _lastUse = home.Sweep;
        _passing &= byPasser;
    }

    private EngineBusyException Full() => new($"{home.Region}/{key}", home.RetryAfter);

    private bool TryEnqueue(TCommand? command, [NotNullWhen(true)] out Envelope<TCommand, Reply<TEvent, TRefusal>>? envelope)
    {
        envelope = null;
        if (_waiting is { } queue && queue.Count >= home.MailboxLength)
        {
            return false;
        }

        envelope = new(command);
        (_waiting ??= new(1)).Enqueue(envelope);
        return true;
    }

    /// <summary>Loads on the caller's thread as far as it does not wait, then takes the turns that wait.</summary>
    private async Task LoadAsync()
    {
        try
        {
            _host = await home.LoadAsync(key);
        }
#pragma warning disable CA1031 // Everybody who waits is told; the next call tries again with a new mailbox.
        catch (Exception e)
#pragma warning restore CA1031
        {
            home.Failed(key, null, e);
            FailLoad(e);
            return;
        }

        if (home.HasFailures)
        {
            home.Worked(key, null);
        }

        ((IThreadPoolWorkItem)this).Execute();
    }

    private void FailLoad(Exception e)
    {
        Queue<Envelope<TCommand, Reply<TEvent, TRefusal>>>? waiting;
        lock (this)
        {
            (waiting, _waiting, _retired) = (_waiting, null, true);
        }

        home.Remove(this);
        foreach (var envelope in waiting ?? [])
        {
            envelope.TrySetException(e);
        }
    }

    private async ValueTask<TState> ReadLoadedAsync(Task<Reply<TEvent, TRefusal>> loaded, bool byPasser)
    {
        await loaded;
        return await ReadOrAgainAsync(_host!.ReadAsync(), byPasser);
    }

    /// <summary>A state that stands on an append that is lost is nobody's: what is on disk is the answer then, and reads go on.</summary>
    private async ValueTask<TState> ReadOrAgainAsync(ValueTask<TState> ahead, bool byPasser)
    {
        try
        {
            return await ahead;
        }
        catch (JournalException)
        {
            return await (byPasser ? home.ReadInPassingAsync(key, CancellationToken.None) : home.ReadAsync(key, CancellationToken.None));
        }
    }

    private void TakeTurn(Envelope<TCommand, Reply<TEvent, TRefusal>> envelope)
    {
        if (envelope.Command is not { } command)
        {
            envelope.TrySetResult(default);
            return;
        }

        ValueTask<Reply<TEvent, TRefusal>> reply;
        try
        {
            reply = _host!.HandleAsync(command);
            Decided(command, reply.IsFaulted);
        }
#pragma warning disable CA1031 // It belongs to whoever sent the command; the entity stands as before it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Threw(command, e);
            envelope.TrySetException(e);
            return;
        }

        _ = envelope.CompleteWithAsync(reply);
    }

    private void Decided(TCommand command, bool failed)
    {
        if (failed)
        {
            DropIfPoisoned();
        }
        else if (home.HasFailures)
        {
            home.Worked(key, command);
        }
    }

    private void Threw(TCommand command, Exception cause)
    {
        home.Failed(key, command, cause);
        DropIfPoisoned();
    }

    private void Release()
    {
        lock (this)
        {
            if (_waiting is null)
            {
                _busy = false;
                return;
            }
        }

        home.Queue(this);
    }
}
