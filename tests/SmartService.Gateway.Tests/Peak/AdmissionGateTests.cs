using SmartService.Domain;
using SmartService.Domain.Peak;
using SmartService.Gateway.Peak;
using SmartService.Intent.Tests;

namespace SmartService.Gateway.Tests.Peak;

public class AdmissionGateTests
{
    private static readonly TimeSpan Trouble = PeakRules.Default.QueueAge * 3;

    [Fact]
    public void Calm_LetsEverybodyIn()
    {
        var gate = new GateUnderTest(1_000);
        for (var i = 0; i < 1_000; i++)
        {
            gate.Ask("shop", $"c{i}").Kind.ShouldBe(AdmissionKind.Admitted);
        }
    }

    [Fact]
    public void EveryRung_BoundsWhatIsWorkedOnAtOnce()
    {
        var gate = new GateUnderTest(servedPerSecond: 0, o => o.MostAtOnce = 100);
        var kinds = Enumerable.Range(0, 1_000).Select(i => gate.Ask("shop", $"c{i}").Kind).ToList();
        gate.Line("shop").Rung.ShouldBe(PeakRung.Full);
        kinds.Take(100).ShouldAllBe(k => k == AdmissionKind.Admitted);
        kinds.Skip(100).ShouldNotContain(AdmissionKind.Admitted);
        gate.Gate.InFlight.ShouldBe(100);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(0, 1)]
    public void ThoseWhoWaitedForAStart_AreWorkedOnOrHeld_UntilItHasSettled(int settleSeconds, int leastSentAway)
    {
        var world = new GateUnderTest(servedPerSecond: 2_000, o => o.SettleFor = TimeSpan.FromSeconds(settleSeconds));
        world.Pass(); // Nobody has come yet: its time has not begun.
        var said = Enumerable.Range(0, 3_000).Select(i => world.Ask("shop", $"c{i}")).ToList();
        for (var tenth = 0; tenth < 20; tenth++)
        {
            world.Pass(queueAge: TimeSpan.FromSeconds(2));
        }

        said.Count(s => s.Kind is AdmissionKind.InLine or AdmissionKind.CallBack).ShouldBeInRange(leastSentAway, settleSeconds > 0 ? 0 : 3_000);
        world.Control.Rung.ShouldBe(settleSeconds > 0 ? PeakRung.PopupsPaused : PeakRung.Queue);
    }

    [Fact]
    public void Settled_WhatWaitsIsPressureAgain()
    {
        var world = new GateUnderTest(servedPerSecond: 100, o => o.SettleFor = TimeSpan.FromSeconds(1));
        world.Ask("shop", "c");
        for (var tenth = 0; tenth < 60; tenth++)
        {
            for (var i = 0; i < 20; i++)
            {
                world.Ask("shop", $"c{tenth}-{i}");
            }

            world.Pass(queueAge: TimeSpan.FromSeconds(2));
        }

        world.Gate.IsSettling.ShouldBeFalse();
        world.Control.Rung.ShouldBe(PeakRung.Queue);
    }

    [Fact]
    public void MessagesThatWaitForAMachineThatHangs_MakeRoomForOthers_ButNotWithoutEnd()
    {
        var gate = new GateUnderTest(servedPerSecond: 0, o => (o.MostAtOnce, o.MostHeld, o.MostWaiting) = (10, 0, 0));
        Ask(10).ShouldBe(10);
        Ask(1).ShouldBe(0);
        gate.Unanswered = 4;
        gate.Pass();
        Ask(10).ShouldBe(4);
        gate.Unanswered = 1_000;
        gate.Pass();
        Ask(100).ShouldBe(40 - 14);

        int Ask(int messages) => Enumerable.Range(0, messages).Count(i => gate.Ask("shop", $"{gate.Gate.Admitted}-{i}").Kind == AdmissionKind.Admitted);
    }

    [Fact]
    public void WhoeverIsSentAway_ComesAgainLater_WhenTheyAreMany()
    {
        var few = Overloaded("shop", perSecond: 300, served: 100, configure: o => o.MostWaiting = 10);
        var many = new GateUnderTest(100, o => o.MostWaiting = 10);
        for (var i = 0; i < 200; i++)
        {
            many.Pass(Trouble);
            for (var shopper = 0; shopper < 1_000; shopper++)
            {
                many.Ask("shop", $"{i}-{shopper}");
            }
        }

        var (soon, late) = (CallBackOf(few), CallBackOf(many));
        late.ShouldBeGreaterThan(2 * soon);
        late.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(10));

        static TimeSpan CallBackOf(GateUnderTest gate) =>
            Enumerable.Range(0, 100).Select(i => gate.Ask("shop", $"new{i}")).First(a => a.Kind == AdmissionKind.CallBack).RetryAfter;
    }

    [Fact]
    public void Limit_DoesNotSink_BelowWhatTheBestRateNeeds_UntilThatIsLongAgo()
    {
        var gate = Overloaded("shop", perSecond: 3_000, served: 1_000);
        gate.ServedPerSecond = 100;
        for (var i = 0; i < 50; i++)
        {
            Crowd.Step(gate, "shop", 30);
            gate.Pass(Trouble);
        }

        gate.Gate.Limit.ShouldBeInRange(40, 60, "half of what 1,000 a second need in a tenth of a second");
        for (var i = 0; i < 3_000; i++)
        {
            Crowd.Step(gate, "shop", 30);
            gate.Pass(Trouble);
        }

        gate.Gate.Limit.ShouldBeLessThan(20);
    }

    [Fact]
    public void LightStores_AreBoundedToo_WhileOthersWait()
    {
        var gate = Overloaded("sale", perSecond: 300, served: 100);
        (gate.Line("quiet").Rung < PeakRung.Queue).ShouldBeTrue();
        var kinds = Enumerable.Range(0, 1_000).Select(i => gate.Ask("quiet", $"q{i}").Kind).ToList();
        kinds.Count(k => k == AdmissionKind.Admitted).ShouldBeLessThanOrEqualTo(2 * gate.Gate.Limit);
        kinds[0].ShouldBe(AdmissionKind.Admitted, "who asks for little waits for nothing");
    }

    [Fact]
    public void Calm_CostsNoMemory()
    {
        var gate = new GateUnderTest(1_000);
        var line = gate.Line("shop");
        for (var i = 0; i < 1_000; i++)
        {
            gate.Gate.Enter(gate.Lines.Of(line.Tenant), "c");
        }

        Garbage.ShouldBeAtMost(0, () =>
        {
            gate.Gate.Enter(gate.Lines.Of(line.Tenant), "c");
            gate.Gate.Leave(line, TimeSpan.Zero);
        });
    }

    [Fact]
    public void Overload_GivesPlaces_ThatOnlyGetBetter_AndAreServedInOrder()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 100);
        var (first, second) = (gate.Ask("shop", "early"), gate.Ask("shop", "late"));
        (first.Kind, second.Kind).ShouldBe((AdmissionKind.InLine, AdmissionKind.InLine));
        second.Place.ShouldBeGreaterThan(first.Place);
        first.RetryAfter.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));

        var (before, earlyIn, lateIn) = (first.Place, TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < 1_200 && lateIn == TimeSpan.Zero; i++)
        {
            gate.Pass(Trouble);
            if (i % 10 != 0)
            {
                continue;
            }

            if (earlyIn == TimeSpan.Zero)
            {
                var again = gate.Ask("shop", "early");
                earlyIn = again.Kind is AdmissionKind.Admitted or AdmissionKind.Held ? gate.Now : TimeSpan.Zero;
                if (again.Kind == AdmissionKind.InLine)
                {
                    again.Place.ShouldBeLessThanOrEqualTo(before + 1);
                    before = again.Place;
                }
            }

            if (gate.Ask("shop", "late").Kind is AdmissionKind.Admitted or AdmissionKind.Held)
            {
                lateIn = gate.Now;
            }
        }

        earlyIn.ShouldNotBe(TimeSpan.Zero);
        earlyIn.ShouldBeLessThanOrEqualTo(lateIn);
    }

    [Fact]
    public void Wait_ThatIsTold_IsAboutWhatItTakes()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 100);
        var told = gate.Ask("shop", "me");
        told.Kind.ShouldBe(AdmissionKind.InLine);
        var asked = gate.Now;
        while (gate.Now - asked < TimeSpan.FromMinutes(5))
        {
            Crowd.Step(gate, "shop", 0);
            gate.Pass(Trouble);
            if (gate.Ask("shop", "me").Kind is AdmissionKind.Admitted or AdmissionKind.Held)
            {
                break;
            }
        }

        var took = gate.Now - asked;
        took.ShouldBeInRange(told.Wait * 0.5, (told.Wait * 1.5) + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Overload_KeepsTheMachineBusy()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 100);
        var before = gate.Admitted["shop"];
        for (var i = 0; i < 200; i++)
        {
            Crowd.Step(gate, "shop", 30);
            gate.Pass(Trouble);
        }

        (gate.Admitted["shop"] - before).ShouldBeGreaterThan((int)(20 * 100 * 0.9));
    }

    [Fact]
    public void FlashSale_LeavesTheOthersTheirShare_AndTheirFullAnswers()
    {
        var gate = new GateUnderTest(100);
        for (var i = 0; i < 350; i++)
        {
            Crowd.Step(gate, "sale", 30);
            if (i % 2 == 0)
            {
                gate.Ask("quiet", $"q{i}");
            }

            gate.Pass(i < 20 ? TimeSpan.Zero : Trouble);
            if (i == 150) // What came before anybody was told to wait is done.
            {
                gate.Admitted.Clear();
            }
        }

        gate.Line("sale").Rung.ShouldBeOneOf(PeakRung.Queue, PeakRung.CallBack);
        gate.Control.RungOf(new TenantId("quiet")).ShouldBe(PeakRung.PopupsPaused);
        gate.Admitted["quiet"].ShouldBeInRange(98, 100);
        gate.Admitted["sale"].ShouldBeGreaterThan((int)(20 * 95 * 0.85), "what the quiet one leaves, the sale gets");
    }

    [Fact]
    public void TwoSales_ShareByTheirWeights()
    {
        var gate = new GateUnderTest(100, o => o.Weights["big"] = 3);
        for (var i = 0; i < 600; i++)
        {
            Crowd.Step(gate, "big", 30);
            Crowd.Step(gate, "small", 30);
            gate.Pass(Trouble);
            if (i == 200)
            {
                gate.Admitted.Clear();
            }
        }

        var share = (double)gate.Admitted["big"] / (gate.Admitted["big"] + gate.Admitted["small"]);
        share.ShouldBeInRange(0.6, 0.85);
    }

    [Fact]
    public void Line_IsBounded_AndThenQuestionsAreLeft()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 10, configure: o => o.MostWaiting = 100);
        var kinds = Enumerable.Range(0, 1_000).Select(i => gate.Ask("shop", $"more{i}").Kind).Distinct().ToList();
        kinds.ShouldContain(AdmissionKind.CallBack);
        gate.Gate.Tickets.ShouldBeLessThanOrEqualTo(100);
        gate.Gate.Held.ShouldBeLessThanOrEqualTo(gate.Options.MostHeld);
    }

    [Fact]
    public void Place_NobodyComesBackFor_IsGivenUp()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 10);
        gate.Gate.Tickets.ShouldBeGreaterThan(0);
        for (var i = 0; i < 600; i++)
        {
            gate.Pass();
        }

        gate.Gate.Tickets.ShouldBe(0);
        gate.Gate.Held.ShouldBe(0);
    }

    [Fact]
    public void Calm_StepsDownByItself()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 100);
        for (var i = 0; i < 1_500; i++)
        {
            Crowd.Step(gate, "shop", 3);
            gate.Pass();
        }

        gate.Control.RungOf(new TenantId("shop")).ShouldBe(PeakRung.Full);
        gate.Gate.InFlight.ShouldBeLessThan(10);
    }

    [Fact]
    public void HeldRequest_WhoseCallerWent_TakesNoSlot()
    {
        var gate = Overloaded("shop", perSecond: 300, served: 100);
        while (gate.Held.Count == 0)
        {
            Crowd.Step(gate, "shop", 30);
            gate.Pass(Trouble);
        }

        var (held, turn) = (gate.Gate.Held, gate.Held[0].Turn);
        gate.Gate.Forget(turn);
        gate.Gate.Forget(turn);
        gate.Gate.Held.ShouldBe(held - 1);
    }

    [Fact]
    public void ManualRung_Holds_WhateverIsMeasured()
    {
        var gate = new GateUnderTest(1_000);
        gate.Set(new PeakSwitchCommand.Hold(PeakRung.CallBack, gate.Clock.GetUtcNow()));
        gate.Ask("shop", "c").Kind.ShouldBe(AdmissionKind.CallBack);
        gate.Set(new PeakSwitchCommand.Hold(PeakRung.Full, gate.Clock.GetUtcNow()));
        for (var i = 0; i < 100; i++)
        {
            Crowd.Step(gate, "shop", 300);
            gate.Pass(Trouble);
        }

        gate.Control.RungOf(new TenantId("shop")).ShouldBe(PeakRung.Full);
        gate.Set(new PeakSwitchCommand.LetGo(gate.Clock.GetUtcNow()));
        gate.Pass(Trouble);
        gate.Control.RungOf(new TenantId("shop")).ShouldBe(PeakRung.Queue);
    }

    [Fact]
    public void Rehearsal_IsForOneStore_ForItsTime_AtItsRate()
    {
        var gate = new GateUnderTest(1_000);
        var now = gate.Clock.GetUtcNow();
        gate.Set(new PeakSwitchCommand.Rehearse(new TenantId("shop"), new(PeakRung.Queue, 2, now.AddSeconds(10)), now));
        var said = Enumerable.Range(0, 20).Select(i => gate.Ask("shop", $"c{i}")).ToList();
        said.Count(s => s.Kind == AdmissionKind.InLine).ShouldBeGreaterThan(10);
        said.ShouldAllBe(s => s.Kind == AdmissionKind.Admitted || s.IsRehearsal);
        said[^1].Wait.ShouldBe(TimeSpan.FromSeconds(said[^1].Place / 2.0));
        gate.Ask("other", "c").Kind.ShouldBe(AdmissionKind.Admitted);
        gate.Control.Rung.ShouldBe(PeakRung.Full, "a rehearsal is not a peak");
        for (var i = 0; i < 101; i++)
        {
            gate.Pass();
        }

        gate.Control.RungOf(new TenantId("shop")).ShouldBe(PeakRung.Full);
        gate.Ask("shop", "later").Kind.ShouldBe(AdmissionKind.Admitted);
    }

    [Fact]
    public void WhatWasSet_HeardLate_DoesNotUndoWhatCameAfter()
    {
        var gate = new GateUnderTest(1_000);
        gate.Set(new PeakSwitchCommand.Hold(PeakRung.QnaOnly, gate.Clock.GetUtcNow()));
        var before = gate.Control.Set;
        gate.Set(new PeakSwitchCommand.LetGo(gate.Clock.GetUtcNow()));
        gate.Control.Apply(before);
        gate.Control.RungOf(new TenantId("shop")).ShouldBe(PeakRung.Full);
    }

    [Fact]
    public void Merchants_WithoutNumber_AreBounded()
    {
        var gate = new GateUnderTest(1_000_000);
        for (var i = 0; i < 30_000; i++)
        {
            gate.Ask($"t{i}", "c");
        }

        gate.Lines.All.Count().ShouldBeLessThanOrEqualTo(10_001);
    }

    private static GateUnderTest Overloaded(string tenant, int perSecond, double served, Action<PeakOptions>? configure = null)
    {
        var gate = new GateUnderTest(served, configure);
        for (var i = 0; i < 100; i++)
        {
            Crowd.Step(gate, tenant, perSecond / 10);
            gate.Pass(Trouble);
        }

        gate.Line(tenant).Rung.ShouldBeOneOf(PeakRung.Queue, PeakRung.CallBack);
        return gate;
    }
}
