using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>The machine's clock is set: back an hour, forward a day, and whatever a summer time or a time server makes of it.</summary>
internal sealed class ClockDrill : FaultDrill
{
    private static readonly TimeSpan[] Jumps =
        [TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromHours(1), TimeSpan.FromDays(-1), TimeSpan.FromSeconds(-3), TimeSpan.FromMinutes(59)];

    public override string Name => "clock";

    public override string Question => "When the clock is set forward or back: is everything done once, are pauses and budgets kept, is nothing negative?";

    public override int Seeds => 300;

    public override int LongSeeds => 100_000;

    protected override Task PlayAsync(int seed, Action<string, double> count)
    {
        using var play = new Play(seed, new(Lives: 2, Ails: false, SetsClock: true));
        play.Run();
        count("acknowledged", play.Acknowledged);
#pragma warning disable CA5394 // A seed is to be played again, not to be kept secret.
        count("popups", Popups(new(seed)));
#pragma warning restore CA5394
        return Task.CompletedTask;
    }

    /// <summary>Offers all day long to one shopper, while the clock is set again and again: by whatever clock it is told, no more than is promised.</summary>
    private static int Popups(Random chance)
    {
        var policy = PopupPolicy.Default with { MinProbability = 0, HoldoutShare = 0, ExploreShare = 0 };
        var (clock, state, shown) = (new SteppedClock(), CustomerDecider.Initial, new List<DateTimeOffset>());
        for (var i = 0; i < 400; i++)
        {
            clock.Pass(TimeSpan.FromMinutes(chance.NextDouble() * 30));
            if (chance.Next(20) == 0)
            {
                clock.Set(Jumps[chance.Next(Jumps.Length)]);
            }

            var at = clock.GetUtcNow();
            var help = new HelpOffer(new($"p{i}"), new($"topic.{chance.Next(6)}"), null, null, "title", "why", $"cause{chance.Next(9)}", "answer", [], [], 0.9);
            var decision = CustomerDecider.Decide(
                state, new CustomerCommand.OfferHelp(help, $"s{i / 10}", null, Typing: false, policy, Slips.Tenant, new("c"), at));
            foreach (var e in decision.Events)
            {
                state = CustomerDecider.Evolve(state, e);
                if (e is CustomerEvent.PopupOffered)
                {
                    var recent = shown.Count(s => s > at - TimeSpan.FromHours(24));
                    Expectation.Require(recent < policy.PerDay, $"popup {recent + 1} within 24 hours was offered at {at:u}; {policy.PerDay} are promised");
                    var last = shown.Select(s => at - s).DefaultIfEmpty(TimeSpan.MaxValue).Min();
                    Expectation.Require(last >= policy.Pause, $"a popup was offered at {at:u}, {last} after another one");
                    shown.Add(at);
                }
            }
        }

        return shown.Count;
    }
}
