using SmartService.Drill;
using SmartService.Drill.Abuse;
using SmartService.Drill.Commands;

namespace SmartService.LoadTests.Tests.Runs;

/// <summary>
/// Every kind of abuse against the product's own executable, short. What must hold on any machine is asserted: nothing crashes, nothing
/// hangs, limits answer 4xx, the others are answered. How long they waited is in the figures only.
/// </summary>
public sealed class AbuseTests
{
    [Theory]
    [InlineData("reconnects", 120)]
    [InlineData("never-readers", 30)]
    [InlineData("slowloris", 40)]
    [InlineData("connection-flood", 1_000)]
    [InlineData("oversized", 2)]
    [InlineData("smuggling", 1)]
    public async Task Abuse_LeavesTheServerAndTheOthersWhole(string name, int size)
    {
        var folder = Path.Combine(Path.GetTempPath(), "smartservice-abuse-" + Guid.NewGuid().ToString("N"));
        try
        {
            var report = await AttackRun.RunAsync(
                AttackRun.All.Single(a => a.Name == name), size, 1111, Places.Host, folder, _ => { }, TimeSpan.FromSeconds(1), CancellationToken.None);
            report.Faults.ShouldBeEmpty();
            report.Verdict.ShouldBe(Verdict.Passed);
            report.Figures["legitimateAsked"].ShouldBeGreaterThan(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void EveryPair_IsNamedOnce() =>
        Smuggling.Pairs("st_x.y").Select(p => p.Name).ShouldBeUnique();
}
