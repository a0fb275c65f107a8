using SmartService.Engine;
using SmartService.Engine.Scheduling;
using SmartService.Faults.Disks;
using SmartService.Faults.Drills;
using SmartService.Faults.World;

namespace SmartService.LoadTests.Tests.Faults;

/// <summary>The short form of every fault drill. A failure names its seed and the command that plays it again.</summary>
public sealed class FaultDrillTests
{
    [Theory]
    [InlineData("simulation")]
    [InlineData("power-loss")]
    [InlineData("disk-errors")]
    [InlineData("flipped-bits")]
    [InlineData("clock")]
    [InlineData("throwing")]
    [InlineData("kill")]
    public async Task Fault_ShortForm_KeepsEveryPromise(string name)
    {
        var drill = FaultDrills.All.Single(d => d.Name == name);
        var report = await drill.RunAsync(firstSeed: 0, drill.Seeds, progress: null, CancellationToken.None);
        report.Failures.ShouldBeEmpty();
        report.Seeds.ShouldBe(drill.Seeds);
    }

    [Fact]
    public void All_AreListedInTheTest() => FaultDrills.All.Select(d => d.Name).ShouldBe(
        ["simulation", "power-loss", "disk-errors", "flipped-bits", "clock", "throwing", "kill"]);

    /// <summary>A drill that passes on a disk that flushes nothing would prove nothing.</summary>
    [Fact]
    public void PowerLoss_OnADiskThatLiesAboutFlushes_IsNoticed()
    {
        var noticed = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            using var play = new Play(seed, new(Lives: 1, Actions: 30, Ails: false));
            try
            {
                play.RunOnce(losesPowerAt: 80 + seed, ails: null, lossSeed: seed, diskLies: true);
            }
            catch (Exception e) when (e is FaultFoundException or JournalException)
            {
                noticed++; // By the drill, or by the engine itself.
            }
        }

        noticed.ShouldBeGreaterThan(10);
    }

    /// <summary>The connection that made the WAL never flushed it; the one after it finds the file there, and SQLite flushes no name for it.</summary>
    [Fact]
    public void PowerLoss_AfterTheJournalWasOpenedAgain_TakesNoNames()
    {
        var root = Play.NewFolder();
        try
        {
            for (var seed = 0; seed < 8; seed++)
            {
                var (live, left) = (Path.Combine(root, $"live{seed}"), Path.Combine(root, $"left{seed}"));
                Started(live).Dispose();
                using (var engine = Started(live))
                {
                    var failed = false;
                    engine.Disk.Ail((call, _) => call == DiskCall.Sync && !failed && (failed = true) ? DiskFault.Error : DiskFault.None);
                    Should.Throw<JournalException>(() => Put(engine, "a1"));
                    engine.Rest();
                    Put(engine, "a2");
                    engine.Disk.SaveAfterPowerLoss(left, new Random(seed));
                }

                using var after = Started(left);
                after.Await(() => after.Spikes.ReadAsync(Slips.Key("s"), CancellationToken.None)).Ids.ShouldBe(["a2"]);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void SameSeed_PlaysTheSame()
    {
        var (first, second) = (Played(7), Played(7));
        second.ShouldBe(first);
        Played(8).ShouldNotBe(first);
    }

    [Fact]
    public void FileContent_AfterPowerLoss_KeepsWhatWasFlushed_AndOnlySectorsOfTheRest()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var file = new FileContent();
            file.Write(0, Filled(1, 2_000));
            file.Flush();
            file.Write(100, Filled(2, 1_500));
            var left = file.AfterPowerLoss(new Random(seed));
            left.Length.ShouldBe(2_000);
            left[..100].ShouldAllBe(b => b == 1);
            left[1_600..].ShouldAllBe(b => b == 1);
            for (var sector = 512; sector < 1_536; sector += 512)
            {
                left[sector..(sector + 512)].Distinct().Count().ShouldBe(1, "a sector is written whole or not at all");
            }
        }
    }

    private static PlayedEngine Started(string folder) => new(new FaultyDisk(folder), new(), new Random(1), new Nothing(), new Witness(new Random(1)));

    private static void Put(PlayedEngine engine, string id) =>
        engine.Await(() => engine.Spikes.HandleAsync(Slips.Key("s"), new SlipCommand.Put([id]), CancellationToken.None));

    private sealed class Nothing : IReminderHandler
    {
        public string Kind => "slip";

        public ValueTask HandleAsync(Reminder reminder, CancellationToken ct) => default;
    }

    private static byte[] Filled(byte with, int length) => [.. Enumerable.Repeat(with, length)];

    private static (int Acknowledged, int Losses, int Faults, long Steps) Played(int seed)
    {
        using var play = new Play(seed, new());
        play.Run();
        return (play.Acknowledged, play.PowerLosses, play.DiskFaults, play.Steps);
    }
}
