using SmartService.Drill.Driving;
using SmartService.Drills;
using SmartService.Drills.Files;
using SmartService.Drills.Reports;

namespace SmartService.Drill.Servers;

/// <summary>Does a drill's faults at their moments, and notes what came of them.</summary>
internal sealed class FaultPlayer(Drills.Drill drill, IServer server, Driver driver)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);
    private readonly List<FaultFigures> _done = [];

    public string? Current { get; private set; }

    public IReadOnlyList<FaultFigures> Done
    {
        get
        {
            lock (_done)
            {
                return [.. _done];
            }
        }
    }

    public async Task PlayAsync(CancellationToken ct)
    {
        foreach (var fault in drill.Faults)
        {
            while (driver.Now < fault.At)
            {
                var left = fault.At - driver.Now;
                await Task.Delay(left > LongestWait ? LongestWait : left > TimeSpan.Zero ? left : TimeSpan.Zero, ct);
            }

            Current = Name(fault);
            var at = driver.Now;
            var down = await DoAsync(fault, ct);
            lock (_done)
            {
                _done.Add(new(Name(fault), at.TotalSeconds, (driver.Now - at).TotalSeconds, down?.TotalMilliseconds));
            }

            Current = null;
        }
    }

    private static string Name(Fault fault) => fault.Kind switch
    {
        FaultKind.Kill => "kill -9",
        FaultKind.Pause => $"stopped for {Times.Write(fault.For)}",
        FaultKind.SlowDisk => $"flushes {Times.Write(fault.Delay)} slower",
        _ => "all streams cut",
    };

    private async Task<TimeSpan?> DoAsync(Fault fault, CancellationToken ct)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                return await server.KillAndStartAsync(ct);
            case FaultKind.Pause:
                server.Pause();
                await WaitAsync(fault.For, server.Continue, ct);
                return null;
            case FaultKind.SlowDisk:
                server.DelayFlushes(fault.Delay);
                await WaitAsync(fault.For, () => server.DelayFlushes(TimeSpan.Zero), ct);
                return null;
            default:
                driver.Streams.BreakAll();
                return null;
        }
    }

    /// <summary>Whatever happens meanwhile, the fault ends: a stopped server would never end the drill.</summary>
    private static async Task WaitAsync(TimeSpan time, Action end, CancellationToken ct)
    {
        try
        {
            await Task.Delay(time, ct);
        }
        finally
        {
            end();
        }
    }
}
