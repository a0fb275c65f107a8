using SmartService.Drill;
using SmartService.Drill.Commands;
using SmartService.Drill.Servers;
using SmartService.Drill.Watching;
using SmartService.Drills.Files;
using SmartService.Drills.Measuring;
using SmartService.Drills.Reports;

namespace SmartService.LoadTests.Tests.Runs;

/// <summary>
/// Shipped drills against the product's own executable, small and short. What is kept is asserted; how fast is not: these machines
/// have other things to do, and a drill whose driver was late says so itself.
/// </summary>
public sealed class DrillRunTests
{
    [Fact]
    public async Task Smoke_KeepsEverything_AndEveryKindOfStepWorks()
    {
        var report = await RunAsync("smoke", scale: 0.6, time: 0.3);
        ShouldKeepEverything(report);
        report.Steps.Select(s => s.Step).ShouldBeSubsetOf(["Visit", "Ask", "Leave", "Return", "Person", "Join", "Reply", "Popup", "Import"]);
        report.Steps.ShouldAllBe(s => s.Failed == 0);
        report.Pushes.ShouldBeGreaterThan(0);
        report.CpuMicrosPerMessage.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task KillInTheSpike_LosesDoublesAndReordersNothing()
    {
        var report = await RunAsync("kill-in-the-spike", scale: 0.1, time: 0.08, flushDelay: TimeSpan.FromMilliseconds(40));
        ShouldKeepEverything(report);
        report.Faults.Count.ShouldBe(2);
        report.RecoveryMs.ShouldNotBeNull();
        report.Resent.ShouldBeGreaterThan(0, "somebody was asking when the server died");
    }

    [Fact]
    public async Task Kill_WithAStandby_IsTakenOver_AndEverythingIsKept()
    {
        var said = new List<string>();
        var report = await RunAsync("kill-in-the-spike", scale: 0.1, time: 0.08, flushDelay: TimeSpan.FromMilliseconds(40), standby: true, log: said);
        ShouldKeepEverything(report);
        report.Faults.Count.ShouldBe(2);
        said.Count(line => line.Contains("Taking over", StringComparison.Ordinal)).ShouldBeInRange(
            1, 3, "two faults, and the kill before everything is read back; the first standby is waited for, a later one may still be starting when it is needed, and starts in its place");
    }

    private static void ShouldKeepEverything(DrillReport report)
    {
        report.Sent.ShouldBeGreaterThan(20);
        report.Acknowledged.ShouldBe(report.Sent, string.Join(' ', report.Reasons));
        (report.Lost, report.Doubled, report.Reordered).ShouldBe((0, 0, 0), string.Join(' ', report.Discrepancies));
        (report.PushesDoubled, report.PushesMissed).ShouldBe((0, 0));
    }

    /// <param name="flushDelay">How much longer than this machine's disk a flush takes: so that somebody waits for an answer at every moment.</param>
    private static async Task<DrillReport> RunAsync(string name, double scale, double time, TimeSpan flushDelay = default, bool standby = false, List<string>? log = null)
    {
        var drill = DrillReader.Read(Places.Find(name)).Scaled(scale, time) with { Patience = TimeSpan.FromMinutes(2), Connections = 16 };
        var folder = Path.Combine(Path.GetTempPath(), "smartservice-drill-" + Guid.NewGuid().ToString("N"));
        try
        {
            DrillReport report;
            await using (var server = new OwnServer(Places.Host, folder, drill.Settings, standby))
            {
                await server.StartAsync(CancellationToken.None);
                server.DelayFlushes(flushDelay);
                report = await new DrillRun(drill, server, new Silent()).RunAsync(CancellationToken.None);
            }

            log?.AddRange(File.ReadLines(Path.Combine(folder, "server.log")));
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Silent : IWatcher
    {
        public void Says(string what)
        {
            // Tests say what is wrong themselves.
        }

        public void Progress(string what, long done, long all)
        {
            // Tests say what is wrong themselves.
        }

        public void Second(SecondFigures figures, string? fault)
        {
            // Tests say what is wrong themselves.
        }
    }
}
