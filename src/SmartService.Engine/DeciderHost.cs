using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine;

/// <summary>
/// The one host loop: decide, journal, evolve. Holds one entity in memory.
/// </summary>
/// <remarks>
/// Decides ahead: a command is decided on the state that includes appends still on their way to disk, so that one entity
/// is not held to one flush per command. Nobody is told of it before the flush: a reply waits for every append its
/// decision stood on, a refusal or "unchanged" too. An append that fails poisons the host: every later command fails, and
/// the engine must drop it and read the journal again. The caller makes sure that calls of <see cref="HandleAsync"/> never
/// overlap up to their return (they may overlap in what they return).
/// </remarks>
public sealed class DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private readonly HostPorts<TState> _ports;
    private readonly JournalStream _stream;
    private TState _ahead;
    private long _version;
    private long _snapshotVersion;
    private Task? _tail; // The last append, null when it is on disk and replied.

    private DeciderHost(HostPorts<TState> ports, JournalStream stream, TState state, long version, long snapshotVersion)
    {
        (_ports, _stream) = (ports, stream);
        (_ahead, _version, _snapshotVersion) = (state, version, snapshotVersion);
    }

    /// <summary>
    /// The state after everything decided so far, as soon as that is on disk. Whoever was told of an event, by a reply or by
    /// the journal, finds it in here: the journal may tell its followers before the replies have come back.
    /// </summary>
    /// <exception cref="JournalException">Writing what it stands on failed.</exception>
    public ValueTask<TState> ReadAsync()
    {
        lock (_stream)
        {
            return _tail is { IsCompletedSuccessfully: false } under ? AfterAsync(under, _ahead) : new(_ahead);
        }

        static async ValueTask<TState> AfterAsync(Task flushed, TState state)
        {
            await flushed;
            return state;
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, with the number of events the state stands on.</summary>
    /// <exception cref="JournalException">Writing what it stands on failed.</exception>
    public ValueTask<(TState State, long Version)> ReadWithVersionAsync()
    {
        lock (_stream)
        {
            return _tail is { IsCompletedSuccessfully: false } under ? AfterAsync(under, _ahead, _version) : new((_ahead, _version));
        }

        static async ValueTask<(TState State, long Version)> AfterAsync(Task flushed, TState state, long version)
        {
            await flushed;
            return (state, version);
        }
    }

    /// <summary>An append was lost: the state stands on what is not there.</summary>
    public bool IsPoisoned => Volatile.Read(ref _tail) is { IsFaulted: true };

    /// <summary>Nothing is on its way to disk: it may leave memory.</summary>
    public bool IsSettled => Volatile.Read(ref _tail) is null;

    /// <summary>The journal's task of the last append, for as long as nobody was told of it; null when nothing is on its way.</summary>
    public Task? LastAppend => Volatile.Read(ref _tail);

    /// <summary>Brings an entity into memory: its snapshot, then what came after.</summary>
    /// <exception cref="CorruptHistoryException">The stored events contradict each other.</exception>
    public static async ValueTask<DeciderHost<TDecider, TState, TCommand, TEvent, TRefusal>> LoadAsync(
        HostPorts<TState> ports, EntityKey key, CancellationToken ct)
    {
        var stream = await ports.Journal.OpenAsync(new(ports.Region.Name, key), ct);
        var (state, version) = (TDecider.Initial, 0L);
        if (stream.OpenedVersion >= ports.SnapshotEvery
            && await ports.Snapshots.LoadAsync(stream.Key, ct) is { } snapshot
            && snapshot.Version <= stream.OpenedVersion
            && ports.Region.States.Read(snapshot) is { } kept)
        {
            (state, version) = (kept, snapshot.Version);
        }

        var snapshotVersion = version;
        if (version < stream.OpenedVersion)
        {
            foreach (var journalled in await ports.Journal.ReadStreamAsync(stream, version, ct))
            {
                state = TDecider.Evolve(state, (TEvent)journalled.Event);
                version = journalled.Version;
            }
        }

        return new(ports, stream, state, version, snapshotVersion);
    }

    /// <summary>Decides one command. Completes when its events, and all its decision stood on, are on disk.</summary>
    /// <exception cref="EngineBusyException">The journal's queue is full; nothing was written.</exception>
    /// <exception cref="JournalException">Writing failed.</exception>
    public ValueTask<Reply<TEvent, TRefusal>> HandleAsync(TCommand command)
    {
        var decision = TDecider.Decide(_ahead, command);
        var events = decision.Events;
        if (events.IsEmpty)
        {
            var unchanged = new Reply<TEvent, TRefusal>(_version, [], decision.Refusal);
            return _tail is { } before ? ReplyAfterAsync(before, _ahead, unchanged) : new(unchanged);
        }

        var next = _ahead;
        foreach (var e in events)
        {
            next = TDecider.Evolve(next, e);
        }

        Task appended;
        lock (_stream)
        {
            // Throws when the queue is full: the entity then stands as if the command had never come. Under the lock, so that
            // nobody who hears of the events reads the state before them.
            appended = _ports.Journal.AppendAsync(
                _stream, _version, ImmutableArray<object>.CastUp(events), _ports.Region.FeedOf(_stream.Key.Entity, next));
            _ahead = next;
            _version += events.Length;
            _tail = appended;
        }

        return ReplyAfterAsync(appended, next, new(_version, events, decision.Refusal));
    }

    /// <summary>Keeps a snapshot now if it would shorten the next load noticeably; called when settled, before the entity leaves memory.</summary>
    public void SnapshotBeforeLeaving()
    {
        lock (_stream)
        {
            OfferSnapshot(_ahead, _version, Math.Max(1, _ports.SnapshotEvery / 4));
        }
    }

    private async ValueTask<Reply<TEvent, TRefusal>> ReplyAfterAsync(Task appended, TState state, Reply<TEvent, TRefusal> reply)
    {
        await appended;
        lock (_stream)
        {
            // Only the last of those under way offers a snapshot: replies may come back in another order than their appends
            // reached the disk, and whoever was told that a person is forgotten must be sure that no older state is kept after.
            if (ReferenceEquals(_tail, appended))
            {
                _tail = null;
                OfferSnapshot(state, reply.Version, _ports.SnapshotEvery);
            }
        }

        return reply;
    }

    /// <summary>Under the lock.</summary>
    private void OfferSnapshot(TState state, long version, int after)
    {
        if (version - _snapshotVersion >= after && version >= _ports.SnapshotEvery)
        {
            _snapshotVersion = version;
            OfferSnapshot(_ports, _stream.Key, state, version);
        }
    }

    /// <summary>Static, so that the writing to come holds neither this host nor its mailbox.</summary>
    private static void OfferSnapshot(HostPorts<TState> ports, StreamKey key, TState state, long version)
    {
        var states = ports.Region.States;
        ports.Snapshots.Offer(key, version, states.Schema, () => states.Write(state));
    }
}
