using System.Diagnostics;
using System.Runtime.InteropServices;
using SmartService.Drill.Driving;
using SmartService.Drill.Servers;
using SmartService.Drill.Watching;
using SmartService.Drills;
using SmartService.Drills.Checking;
using SmartService.Drills.Reports;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;

namespace SmartService.Drill;

/// <summary>One drill from its first shopper to its verdict.</summary>
internal sealed class DrillRun(Drills.Drill drill, IServer server, IWatcher watcher)
{
    /// <summary>How often what the streams still lack is looked for, once they are open again.</summary>
    private const int MostLooks = 10;

    private int _read;
    private TimeSpan _readFor;

    /// <exception cref="StoreException">The server refused the drill's merchants or shoppers.</exception>
    /// <exception cref="ServerException">The server did not come back.</exception>
    public async Task<DrillReport> RunAsync(CancellationToken ct)
    {
        OpenFiles.Check(drill);
        var startedAt = DateTimeOffset.UtcNow;
        var phases = new PhaseClock();
        watcher.Says($"Planning {drill.Curve.Expected:N0} consultations");
        var schedule = new Schedule(drill);
        var store = await PrepareAsync(ct);
        var ledger = new Ledger(schedule.Journeys, schedule.MessagesEach);
        var meter = new Meter(drill);
        using var driver = new Driver(drill, schedule, store, ledger, meter);
        var faults = new FaultPlayer(drill, server, driver);
        var judge = new AbortJudge(drill.Abort);
        var dataBefore = (await server.LookAsync()).DataBytes;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var driven = driver.RunAsync(ct);
        var played = faults.PlayAsync(over.Token);
        await WatchAsync(driver, meter, faults, judge, driven, played, phases);
        await driven;
        var running = meter.AllAcknowledged;
        if (judge.Reason is not null)
        {
            await over.CancelAsync();
        }

        await EndAsync(played); // A server that was slow to come back may have answered everything before the last fault's moment was seen.

        phases.Begin(PhaseClock.Draining);
        watcher.Says("Waiting for what the streams still get");
        await driver.Streams.DrainAsync(ct);
        var streams = driver.Streams.Count;
        await driver.Streams.CloseAllAsync();
        var dataAfter = (await server.LookAsync()).DataBytes;
        phases.Begin(PhaseClock.ReadingBack);
        var reconciliation = await ReconcileAsync(schedule, store, ledger, ct);
        for (var looks = 0; reconciliation is { NotReadBack: 0, PushesMissed: > 0 } && looks < MostLooks; looks++)
        {
            // Late is not missed: each stream is opened again after the last event it has seen, as a browser does.
            await driver.Streams.DrainAsync(ct);
            await driver.Streams.CloseAllAsync();
            reconciliation = await ReadBackAsync(schedule, store, ledger);
        }

        var spent = phases.Stop();
        var ran = spent.FirstOrDefault(p => p.Phase == PhaseClock.Running);
        var report = meter.Report() with
        {
            Name = drill.Name, Question = drill.Question, Scale = drill.Scale, TimeScale = drill.TimeScale, Seed = drill.Seed, StartedAt = startedAt,
            WarmUpSeconds = drill.WarmUp.TotalSeconds, WarmUpPerSecond = drill.WarmUpRate ?? drill.Curve.RateAt(TimeSpan.Zero),
            Seconds = drill.Curve.Duration.TotalSeconds, Consultations = schedule.Journeys,
            Lost = reconciliation.Lost, Doubled = reconciliation.Doubled, Reordered = reconciliation.Reordered, PushesMissed = reconciliation.PushesMissed,
            NotReadBack = reconciliation.NotReadBack,
            Discrepancies = reconciliation.Discrepancies, Faults = faults.Done,
            RecoveryMs = faults.Done.Max(f => f.DownMs),
            Driver = new()
            {
                SlipP99Ms = driver.SlipP99Ms, SlipMaxMs = driver.SlipMaxMs, WakeP99Ms = driver.WakeP99Ms, WaitedForConnection = driver.WaitedForConnection,
                Connections = drill.Connections, ConnectionsOpened = driver.ConnectionsOpened, RunsFirst = driver.RunsFirst,
                CpuSeconds = ran?.CpuSeconds ?? 0, CpuMicrosPerMessage = ran is not null && running > 0 ? ran.CpuSeconds * 1e6 / running : null,
                Phases = spent, ConversationsReadPerSecond = _readFor > TimeSpan.Zero ? _read / _readFor.TotalSeconds : null,
            },
            Server = new()
            {
                CpuSeconds = (await server.LookAsync()).CpuSeconds, PeakResidentMegabytes = server.PeakResidentMegabytes, OpenStreams = streams,
                Cores = Environment.ProcessorCount, Machine = RuntimeInformation.OSDescription, Address = server.Address.ToString(),
                DataBytesPerMessage = dataAfter - dataBefore is { } grown && reconciliation.Kept > 0 ? Math.Max(0, grown) / (double)reconciliation.Kept : null,
            },
        };
        return Verdict.Judge(report, drill, judge.Reason);
    }

    private async Task<Store> PrepareAsync(CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        return await new StoreBuilder(http, server.Address, server.AdminKey).BuildAsync(drill, what => watcher.Says($"Made {what}"), ct);
    }

    /// <summary>Every second, until the driver has every answer.</summary>
    private async Task WatchAsync(Driver driver, Meter meter, FaultPlayer faults, AbortJudge judge, Task driven, Task played, PhaseClock phases)
    {
        while (driver.Now < -drill.WarmUp - TimeSpan.FromMinutes(1))
        {
            // The clock starts when all streams are open.
            if (await Task.WhenAny(driven, Task.Delay(20)) == driven)
            {
                return;
            }
        }

        phases.Begin(PhaseClock.Running);
        var second = (int)Math.Floor(driver.Now.TotalSeconds);
        while (!driven.IsCompleted)
        {
            var left = TimeSpan.FromSeconds(second + 1) - driver.Now;
            if (left > TimeSpan.Zero)
            {
                await Task.WhenAny(driven, Task.Delay(left));
            }

            var figures = meter.Turn(second++, await server.LookAsync());
            watcher.Second(figures, faults.Current);
            Native.TryRunFirst(); // Threads the runtime has added since.
            if (judge.ShouldStop(figures) || played.IsFaulted)
            {
                driver.Abort();
            }
        }
    }

    /// <summary>A fault that could not be done ends the drill with its reason; one that never came because the drill was aborted does not.</summary>
    private static async Task EndAsync(Task played)
    {
        try
        {
            await played;
        }
        catch (OperationCanceledException)
        {
            Debug.Assert(played.IsCanceled);
        }
    }

    /// <summary>The server is killed once more before it is asked: only what is on disk counts.</summary>
    private async Task<Reconciliation> ReconcileAsync(Schedule schedule, Store store, Ledger ledger, CancellationToken ct)
    {
        if (server.IsOwn)
        {
            watcher.Says("Killing the server and starting it anew: only what is on disk counts");
            server.DelayFlushes(TimeSpan.Zero);
            await server.KillAndStartAsync(ct);
        }

        return await ReadBackAsync(schedule, store, ledger);
    }

    private async Task<Reconciliation> ReadBackAsync(Schedule schedule, Store store, Ledger ledger)
    {
        watcher.Says("Reading every conversation back");
        var reconciliation = new Reconciliation(ledger, store);
        using var readBack = new ReadBack(new Requests(drill, schedule.NoisyFrom, store), ledger, store, reconciliation);
        var clock = Stopwatch.StartNew();
        await readBack.RunAsync((done, all) => watcher.Progress("Reading every conversation back", done, all));
        (_read, _readFor) = (readBack.Read, clock.Elapsed);
        return reconciliation;
    }
}
