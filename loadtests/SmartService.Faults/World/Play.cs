using System.Collections.Concurrent;
using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Scheduling;
using SmartService.Faults.Disks;

namespace SmartService.Faults.World;

/// <summary>What happens in a play.</summary>
/// <param name="Lives">Times the engine is started; between them it loses power or stops cleanly.</param>
/// <param name="Actions">Of one life.</param>
/// <param name="Ails">The disk fails now and then and recovers.</param>
internal sealed record PlayOptions(int Lives = 3, int Actions = 25, bool Ails = true, bool SetsClock = false);

/// <summary>
/// Plays the whole engine on one thread, in the order that a seed says: commands, streams, followers, reminders, time, faults of the disk, power
/// losses. Everything it promises is written down and held against what it shows, at rest and after every start.
/// </summary>
internal sealed class Play : IDisposable
{
    private const int Spikes = 4, Customers = 3;

    /// <summary>
    /// Folders of plays that are over. The SQLite provider keeps something for every path it has ever opened and looks through all of it every few minutes, with a lock that every open waits for:
    /// after thirty thousand plays, each with a folder of its own, that took longer than the plays.
    /// </summary>
    private static readonly ConcurrentBag<string> Free = [];
    private static readonly string Base = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly Random _chance;
    private readonly PlayOptions _options;
    private readonly Expectation _expected = new();
    private readonly SteppedClock _clock = new();
    private readonly ReminderDoer _doer;
    private readonly Witness _witness;
    private readonly Listener[] _listeners;
    private readonly List<(string Spike, ImmutableArray<string> Ids)> _sent = [];
    private readonly string _root = NewFolder();
    private PlayedEngine? _engine;
    private Random? _loss; // Apart from the play, so that one play can lose power in many ways.
    private string? _next;
    private int _life;
    private int _ids;

    public Play(int seed, PlayOptions options)
    {
        (_chance, _options) = (new(seed), options);
        (_doer, _witness) = (new(this), new(_chance));
        _listeners = [.. Enumerable.Range(0, Customers).Select(c => new Listener($"c-{(char)('a' + c)}"))];
    }

    public int Acknowledged => _expected.Acknowledged;

    public int PowerLosses { get; private set; }

    public int DiskFaults { get; private set; }

    public long Steps { get; private set; }

    public int Calls { get; private set; }

    public int ReadsWhileFailing { get; private set; }

    /// <summary>A name for a folder that nobody else has now, in memory where there is such a place.</summary>
    public static string NewFolder() => Free.TryTake(out var free) ? free : Path.Combine(Base, $"smartservice-faults-{Environment.ProcessId}-{Guid.NewGuid():N}");

    private PlayedEngine Engine => _engine!;

    /// <summary>Plays to the end.</summary>
    /// <exception cref="FaultFoundException">A promise was broken.</exception>
    public void Run()
    {
        for (var life = 0; life < _options.Lives; life++)
        {
            Open();
            CheckAll();
            for (var i = 0; i < _options.Actions; i++)
            {
                Act();
            }

            if (life < _options.Lives - 1)
            {
                End(byPowerLoss: _chance.Next(4) > 0);
            }
        }

        Finish();
    }

    /// <summary>One life whose disk loses power at that call, or fails there, and the check of what is left.</summary>
    public void RunOnce(int? losesPowerAt, Func<DiskCall, int, DiskFault>? ails, int lossSeed = 0, bool diskLies = false)
    {
        _loss = new(lossSeed);
        var disk = NewDisk();
        (disk.LosePowerAt, disk.LiesAboutFlushes) = (losesPowerAt, diskLies);
        disk.Ail(ails);
        var opened = TryOpen(disk);
        if (!opened && !disk.IsDead)
        {
            // It said so and ended; whoever looks after it starts it again.
            Expectation.Require(disk.Failed > 0, "the start failed without a fault");
            Restart(disk, byPowerLoss: false);
            opened = true;
        }

        for (var i = 0; opened && i < _options.Actions && !disk.IsDead; i++)
        {
            Act();
        }

        DiskFaults += disk.Failed;
        Calls = disk.Calls;
        if (losesPowerAt is not null)
        {
            Restart(disk, byPowerLoss: true);
        }

        Finish();
    }

    public void Dispose()
    {
        _engine?.Dispose();
        Array.ForEach(_listeners, l => l.Dispose());
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }

        Free.Add(_root);
    }

    private void Finish()
    {
        Engine.Disk.Ail(null);
        Engine.Rest();
        Expectation.Require(Engine.Health.Fault is null, $"the journal did not come back: {Engine.Health.Fault}");
        CheckAll();

        // One more clean stop, and everything is read from the files.
        End(byPowerLoss: false);
        Open();
        _doer.IsWell = _witness.IsWell = true;
        for (var i = _options.SetsClock ? 60 : 6; i > 0; i--)
        {
            Engine.Pass(TimeSpan.FromMinutes(1));
            Engine.Rest();
        }

        CheckAll();
        CheckReminders();
        CheckStreams();
    }

    private FaultyDisk NewDisk() => new(Path.Combine(_root, $"{_life++}"));

    private bool TryOpen(FaultyDisk disk)
    {
        try
        {
            _engine = new(disk, _clock, _chance, _doer, _witness);
        }
        catch (Exception e) when ((disk.Failed > 0 || disk.IsDead) && e is not FaultFoundException)
        {
            _clock.Forget();
            return false;
        }

        _witness.Begins();
        foreach (var listener in _listeners)
        {
            listener.Connect(Engine);
        }

        return true;
    }

    private void Open()
    {
        var disk = _next is { } folder ? new FaultyDisk(folder) : NewDisk();
        Expectation.Require(TryOpen(disk), "the engine did not start");
    }

    /// <summary>Ends this life; the next one starts on what the disk kept.</summary>
    private void End(bool byPowerLoss)
    {
        if (byPowerLoss)
        {
            Restart(Engine.Disk, byPowerLoss: true, open: false);
            return;
        }

        Engine.Disk.Ail(null);
        Engine.Rest(); // A clean stop waits for what it took.
        Steps += Engine.Scheduler.Steps;
        DiskFaults += Engine.Disk.Failed;
        _next = Engine.Disk.Folder;
        Engine.Dispose();
        _engine = null;
    }

    private void Restart(FaultyDisk disk, bool byPowerLoss, bool open = true)
    {
        var next = byPowerLoss ? Path.Combine(_root, $"{_life++}") : disk.Folder;
        disk.Ail(null);
        if (byPowerLoss)
        {
            PowerLosses++;
                DiskFaults += disk.Failed;
            disk.SaveAfterPowerLoss(next, _loss ?? _chance);
        }

        Steps += _engine?.Scheduler.Steps ?? 0;
        _engine?.Dispose();
        disk.Dispose();
        _engine = null;
        _next = next;
        if (open)
        {
            Expectation.Require(TryOpen(new(next)), "the engine did not start after a power loss");
            CheckAll();
        }
    }

    private void Act()
    {
        try
        {
            ActNow();
        }
        catch (PowerLostException)
        {
            // The next start tells what is left.
        }
    }

    private void ActNow()
    {
        switch (_chance.Next(100))
        {
            case < 55:
                Send(Enumerable.Range(0, _chance.Next(1, 4)).Select(_ => $"{(char)('a' + (_ids % Customers))}{_ids++ / Customers}").GroupBy(id => id[0]).First());
                break;
            case < 63 when _sent.Count > 0:
                var again = _sent[_chance.Next(_sent.Count)];
                _ = Engine.Scheduler.Start(() => PutAsync(again.Spike, again.Ids));
                break;
            case < 72:
                var name = $"n{_chance.Next(5)}";
                var due = _clock.GetUtcNow() + TimeSpan.FromSeconds(_chance.Next(0, 90));
                _ = Engine.Scheduler.Start(() => RemindAsync(name, due));
                break;
            case < 76:
                var cancelled = $"n{_chance.Next(5)}";
                _ = Engine.Scheduler.Start(() => RemindAsync(cancelled, null));
                break;
            case < 84:
                Engine.Pass(TimeSpan.FromSeconds(_chance.NextDouble() * 20));
                break;
            case < 88:
                Engine.Forget();
                break;
            case < 92:
                _listeners[_chance.Next(Customers)].Reconnect(Engine);
                break;
            case < 95 when _options.SetsClock:
                _clock.Set(TimeSpan.FromMinutes(_chance.Next(-60, 24 * 60)));
                break;
            default:
                if (_options.Ails)
                {
                    Ail();
                }

                break;
        }

        if (_chance.Next(4) == 0)
        {
            Engine.Rest();
            if (Engine.Health.Fault is null && !Engine.Disk.IsDead)
            {
                CheckAll();
            }
        }
        else
        {
            for (var i = _chance.Next(20); i > 0 && Engine.Scheduler.Step(); i--)
            {
            }
        }

        if (Engine.Health.Fault is not null && !Engine.Disk.IsDead)
        {
            ReadsWhileFailing++;
            CheckAll(); // Reads go on.
        }

        Expectation.Require(Engine.Disk.IsDead || Engine.Stop.Reason is null, $"the engine stopped itself: {Engine.Stop.Reason}");
    }

    /// <summary>From some call on, for some calls.</summary>
    private void Ail()
    {
        var from = Engine.Disk.Calls + _chance.Next(10);
        var (to, fault) = (from + _chance.Next(1, 30), (DiskFault)_chance.Next(1, 5));
        Engine.Disk.Ail((_, call) => call >= from && call < to ? fault : DiskFault.None);
    }

    private void Send(IEnumerable<string> ids)
    {
        var (spike, all) = ($"s{_chance.Next(Spikes)}", ids.ToImmutableArray());
        _sent.Add((spike, all));
        _ = Engine.Scheduler.Start(() => PutAsync(spike, all));
    }

    private async Task PutAsync(string spike, ImmutableArray<string> ids)
    {
        _expected.Sent(spike, ids);
        try
        {
            var reply = await Engine.Spikes.HandleAsync(Slips.Key(spike), new SlipCommand.Put(ids), CancellationToken.None);
            _expected.Replied(spike, ids, reply.Version, reply.Events.Select(e => ((SlipEvent.Laid)e).Id));
        }
        catch (Exception e) when (e is EngineBusyException or JournalException)
        {
            // Not acknowledged; it may be sent again.
        }
        catch (Exception e)
        {
            _witness.Broken ??= $"a command ended with {e.GetType().Name}: {e.Message}";
        }
    }

    private async Task RemindAsync(string name, DateTimeOffset? due)
    {
        _expected.ReminderSent(name, due);
        try
        {
            if (due is { } at)
            {
                await Engine.Reminders.SetAsync(new("slip", name, at, ReadOnlyMemory<byte>.Empty), CancellationToken.None);
            }
            else
            {
                await Engine.Reminders.CancelAsync("slip", name, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is EngineBusyException or JournalException)
        {
            // As it was, or as asked: both stay possible.
        }
    }

    private void CheckAll()
    {
        Expectation.Require(_witness.Broken is null, _witness.Broken ?? "");
        foreach (var spike in Enumerable.Range(0, Spikes).Select(i => $"s{i}").Append(ReminderDoer.Spike))
        {
            var promised = _expected.Promised(spike); // While it is read more may be acknowledged, which it need not show.
            var state = Engine.Await(() => Engine.Spikes.ReadAsync(Slips.Key(spike), CancellationToken.None));
            _expected.Check(spike, state.Ids, promised);
        }

        foreach (var listener in _listeners)
        {
            Expectation.Require(listener.Broken is null, listener.Broken ?? "");
        }
    }

    private void CheckReminders()
    {
        var done = Engine.Await(() => Engine.Spikes.ReadAsync(Slips.Key(ReminderDoer.Spike), CancellationToken.None)).Ids;
        foreach (var (name, promise) in _expected.Reminders)
        {
            if (promise.Possible.Count == 1 && promise.Due is { } due && due <= _clock.GetUtcNow())
            {
                Expectation.Require(done.Contains(ReminderDoer.IdOf(name, due)), $"the reminder {name}, due {due:T} and acknowledged, was never done; it is {_clock.GetUtcNow():T}");
            }
        }
    }

    private void CheckStreams()
    {
        var all = Engine.Await(() => Engine.Journal.ReadAsync(0, int.MaxValue / 2, CancellationToken.None));
        _witness.Check(all);
        foreach (var listener in _listeners)
        {
            listener.Check(all);
        }
    }

    /// <summary>What reminders do: lay a slip, once for each due time.</summary>
    private sealed class ReminderDoer(Play play) : IReminderHandler
    {
        public const string Spike = "reminders";

        public string Kind => "slip";

        public bool IsWell { get; set; }

        public static string IdOf(string name, DateTimeOffset due) => $"r-{name}-{due.UtcTicks}";

        public async ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
        {
            var promise = play._expected.Reminders[reminder.Name];
            if (reminder.Due > play._clock.GetUtcNow() && !play._options.SetsClock)
            {
                play._witness.Broken ??= $"the reminder {reminder.Name} was done before it was due";
            }

            if (!promise.Possible.Contains(reminder.Due))
            {
                play._witness.Broken ??= $"the reminder {reminder.Name} was done for {reminder.Due:T}, after it had been moved or cancelled";
            }

            if (!IsWell && play._chance.Next(5) == 0)
            {
                throw new InvalidOperationException("Not this time.");
            }

            ImmutableArray<string> ids = [IdOf(reminder.Name, reminder.Due)];
            play._expected.Sent(Spike, ids);
            var reply = await play.Engine.Spikes.HandleAsync(Slips.Key(Spike), new SlipCommand.Put(ids), ct);
            play._expected.Replied(Spike, ids, reply.Version, reply.Events.Select(e => ((SlipEvent.Laid)e).Id));
        }
    }
}
