using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine;
using SmartService.Engine.Scheduling;
using SmartService.Faults.Disks;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>One entity's handler throws always, and so does one follower. Neighbours must not notice, and nothing may be passed over in silence.</summary>
internal sealed class ThrowingDrill : FaultDrill
{
    private const int Neighbours = 8, Rounds = 60;

    public override string Name => "throwing";

    public override string Question => "Is an entity that always throws left alone, with its neighbours unaffected, and a follower that throws retried and shown, never skipped?";

    public override int Seeds => 20;

    public override int LongSeeds => 10_000;

    protected override Task PlayAsync(int seed, Action<string, double> count)
    {
        var folder = Play.NewFolder();
        try
        {
#pragma warning disable CA5394 // A seed is to be played again, not to be kept secret.
            var chance = new Random(seed);
#pragma warning restore CA5394
            var follower = new SickFollower();
            using var engine = new PlayedEngine(new FaultyDisk(folder), new(), chance, new Nothing(), follower);
            Burn(engine, chance, count);
            Follow(engine, follower, count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void Burn(PlayedEngine engine, Random chance, Action<string, double> count)
    {
        var (threw, leftAlone, laid) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            try
            {
                engine.Await(() => engine.Spikes.HandleAsync(Slips.Key("sick"), new SlipCommand.Burn(), CancellationToken.None));
            }
            catch (EntityQuarantinedException e)
            {
                leftAlone++;
                Expectation.Require(e.RetryAfter > TimeSpan.Zero && e.RetryAfter <= TimeSpan.FromMinutes(5), $"it is to be tried again after {e.RetryAfter}");
            }
            catch (InvalidOperationException)
            {
                threw++;
            }

            var (spike, id) = ($"n{chance.Next(Neighbours)}", $"a{laid++}");
            var reply = engine.Await(() => engine.Spikes.HandleAsync(Slips.Key(spike), new SlipCommand.Put([id]), CancellationToken.None));
            Expectation.Require(reply.Events.Length == 1, $"a neighbour was not served: {spike}");
            engine.Pass(TimeSpan.FromSeconds(1));
        }

        // Five at first, then one after each pause: 5, 10, 20 s.
        Expectation.Require(threw is >= 5 and <= 10 && leftAlone == Rounds - threw, $"it threw {threw} times and was left alone {leftAlone} times");

        // What it does not choke on still works, and its state is read.
        var own = engine.Await(() => engine.Spikes.HandleAsync(Slips.Key("sick"), new SlipCommand.Put(["a-own"]), CancellationToken.None));
        Expectation.Require(own.Version == 1, "another command of the same entity was refused");
        engine.Await(() => engine.Spikes.ReadAsync(Slips.Key("sick"), CancellationToken.None));
        count("threw", threw);
        count("leftAlone", leftAlone);
        count("neighboursServed", laid);
    }

    private static void Follow(PlayedEngine engine, SickFollower follower, Action<string, double> count)
    {
        engine.Scheduler.Run();
        var status = engine.Followers.Statuses.Single(s => s.Name == follower.Name);
        Expectation.Require(status is { Fault: not null, Failures: > 0, Position: 0 }, $"the follower that throws shows {status}");
        follower.IsSick = false;
        for (var i = 0; i < 10; i++)
        {
            engine.Pass(TimeSpan.FromSeconds(30));
            engine.Scheduler.Run();
        }

        status = engine.Followers.Statuses.Single(s => s.Name == follower.Name);
        Expectation.Require(status is { Fault: null, Lag: 0 } && follower.Seen == engine.Journal.Head, $"the follower came back as {status} and saw {follower.Seen} of {engine.Journal.Head}");
        count("followerTries", follower.Tries);
    }

    private sealed class SickFollower : IJournalFollower
    {
        public string Name => "sick";

        public bool IsSick { get; set; } = true;

        public int Tries { get; private set; }

        public long Seen { get; private set; }

        public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
        {
            Tries++;
            Expectation.Require(events[0].Position == Seen + 1, $"it was shown {events[0].Position} after {Seen}");
            Seen = IsSick ? throw new InvalidOperationException("Always.") : events[^1].Position;
            return default;
        }
    }

    private sealed class Nothing : IReminderHandler
    {
        public string Kind => "slip";

        public ValueTask HandleAsync(Reminder reminder, CancellationToken ct) => default;
    }
}
