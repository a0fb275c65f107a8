using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Engine.Feeds;
using SmartService.Engine.Following;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;
using SmartService.Faults.Disks;

namespace SmartService.Faults.World;

/// <summary>The disk lost power while something was waited for.</summary>
internal sealed class PowerLostException() : Exception("The power is gone.");

/// <summary>The embedded engine over one folder of a faulty disk, played step by step: one life, from its start to a crash or a clean end.</summary>
internal sealed class PlayedEngine : IDisposable
{
    private readonly ServiceProvider _provider;

    public PlayedEngine(FaultyDisk disk, SteppedClock clock, Random chance, IReminderHandler handler, IJournalFollower follower)
    {
        (Disk, Clock, Scheduler) = (disk, clock, new(chance));
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IFatalStop>(Stop);
        services.AddEmbeddedEngine(o =>
        {
            o.DataDirectory = disk.Folder;
            o.Conductor = Scheduler;
            o.CheckpointPages = chance.Next(2, 80); // A handful of commits: checkpoints, and what fails in them, are part of most lives.
            o.RecentAppends = 8;
            o.SnapshotEvery = 4;
            o.FeedBuffer = 4;
            o.Readers = 1;
            o.JournalQueueLength = 64;
            o.MailboxLength = 16;
        });
        services.Configure<FollowerOptions>(o =>
        {
            (o.MachineTime, o.Pace, o.BatchSize) = (clock, TimeSpan.Zero, 7);
            o.CheckpointEvery = TimeSpan.FromSeconds(3);
        });
        services.AddStoredEvents(Slips.Events);
        services.AddEmbeddedEntities<SlipDecider, SlipState, SlipCommand, SlipEvent, SlipRefusal>(Slips.Region);
        services.AddSingleton(handler);
        services.AddSingleton(follower);
        _provider = services.BuildServiceProvider();
        try
        {
            Scheduler.Do(Start);
        }
        catch
        {
            _provider.Dispose();
            throw;
        }
    }

    public FaultyDisk Disk { get; }

    public SteppedClock Clock { get; }

    public SteppedScheduler Scheduler { get; }

    public RecordingStop Stop { get; } = new();

    public IEntities<SlipState, SlipCommand, SlipEvent, SlipRefusal> Spikes { get; private set; } = null!; // With the start.

    public IJournal Journal { get; private set; } = null!;

    public IFeeds Feeds { get; private set; } = null!;

    public IScheduler Reminders { get; private set; } = null!;

    public IJournalHealth Health { get; private set; } = null!;

    public FollowerRunner Followers { get; private set; } = null!;

    /// <summary>All entities that can leave memory do.</summary>
    public void Forget() => Scheduler.Do(() =>
    {
        for (var i = 0; i < 6; i++)
        {
            _provider.GetRequiredService<EmbeddedEngine>().Passivator.Sweep();
        }
    });

    public void Pass(TimeSpan time) => Scheduler.Do(() => Clock.Pass(time));

    /// <summary>Plays until nothing can go on by itself.</summary>
    public void Rest() => Scheduler.Run(() => Disk.IsDead);

    /// <summary>Plays it to the end of what a call waits for.</summary>
    /// <exception cref="PowerLostException">The disk lost power meanwhile.</exception>
    public T Await<T>(Func<ValueTask<T>> call)
    {
        var result = default(T)!;
        var task = Scheduler.Start(async () => result = await call());
        Scheduler.Run(() => task.IsCompleted || Disk.IsDead);
        if (!task.IsCompleted && Disk.IsDead)
        {
            throw new PowerLostException();
        }

        Expectation.Require(task.IsCompleted, "a call never came back");
        task.GetAwaiter().GetResult();
        return result;
    }

    /// <summary>Closes files; after a power loss whatever it still writes goes nowhere.</summary>
    public void Dispose()
    {
        Clock.Forget();
        try
        {
            Scheduler.Do(_provider.Dispose);
        }
        catch (Exception e) when (Disk.IsDead && e is not FaultFoundException)
        {
            // It has no disk any more.
        }

        Disk.Dispose();
    }

    private void Start()
    {
        Spikes = _provider.GetRequiredService<IEntities<SlipState, SlipCommand, SlipEvent, SlipRefusal>>();
        Journal = _provider.GetRequiredService<IJournal>();
        Feeds = _provider.GetRequiredService<IFeeds>();
        Health = _provider.GetRequiredService<IJournalHealth>();
        Reminders = _provider.GetRequiredService<IScheduler>();
        Followers = _provider.GetRequiredService<FollowerRunner>();
        _ = Followers.StartAsync(CancellationToken.None);
        _ = _provider.GetRequiredService<ReminderService>().StartAsync(CancellationToken.None);
    }

    internal sealed class RecordingStop : IFatalStop
    {
        public string? Reason { get; private set; }

        void IFatalStop.Stop(string reason, Exception cause) => Reason ??= reason;
    }
}
