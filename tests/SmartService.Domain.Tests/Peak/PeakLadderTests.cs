using Shouldly;
using SmartService.Domain.Peak;
using Xunit;
using static SmartService.Domain.Tests.Peak.LadderUnderTest;

namespace SmartService.Domain.Tests.Peak;

public class PeakLadderTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Calming = Rules.StepDownAfter + TimeSpan.FromSeconds(3);

    [Fact]
    public void Calm_StaysFull() => new LadderUnderTest().When(Calm, TimeSpan.FromMinutes(1)).Then(PeakRung.Full);

    [Theory]
    [InlineData(0.7, PeakRung.PopupsPaused)]
    [InlineData(1.3, PeakRung.QnaOnly)]
    [InlineData(2.5, PeakRung.Queue)]
    public void Pressure_ThatLasts_ClimbsAsFarAsItAsks(double times, PeakRung rung) =>
        new LadderUnderTest().When(Calm, Moment).When(Pressed(times), TimeSpan.FromSeconds(10)).Then(rung);

    [Fact]
    public void Popups_PauseBeforeAnswersSuffer()
    {
        var ladder = new LadderUnderTest().When(Calm, Moment);
        var seen = new List<PeakRung>();
        for (var times = 0.0; times < 3; times += 0.05)
        {
            seen.Add(ladder.When(Pressed(times), TimeSpan.FromSeconds(1)).State.Rung);
        }

        seen.Distinct().ShouldBe([PeakRung.Full, PeakRung.PopupsPaused, PeakRung.QnaOnly, PeakRung.Queue]);
    }

    [Fact]
    public void Pressure_OfOneMoment_ChangesNothing() =>
        new LadderUnderTest().When(Calm, Moment).When(Pressed(50), TimeSpan.FromMilliseconds(100)).When(Calm, TimeSpan.FromSeconds(5)).Then(PeakRung.Full);

    [Fact]
    public void Pressure_WithNothingToShed_ChangesNothing() => new LadderUnderTest()
        .When(Pressed(20) with { WorkPerSecond = Rules.LeastWorkPerSecond - 1, Cpu = 1 }, TimeSpan.FromMinutes(1)).Then(PeakRung.Full);

    [Fact]
    public void BusyProcessor_Alone_LetsNobodyWait() =>
        new LadderUnderTest().When(Calm with { Cpu = 1 }, TimeSpan.FromMinutes(5)).Then(PeakRung.QnaOnly);

    [Fact]
    public void SlowFlush_IsPressureToo() =>
        new LadderUnderTest().When(Calm with { FlushTime = Rules.FlushTime * 3 }, Moment).Then(PeakRung.Queue);

    [Fact]
    public void Line_TooLong_CallsBack_AndWaitsAgainWhenItIsShort()
    {
        var waiting = Pressed(1.5) with { Waiting = 9_000, LongestWait = Rules.CallBackFrom * 1.1 };
        new LadderUnderTest().When(Pressed(3), Moment).Then(PeakRung.Queue)
            .When(waiting, Moment).Then(PeakRung.CallBack)
            .When(waiting with { LongestWait = Rules.CallBackFrom * 0.9 }, TimeSpan.FromMinutes(2)).Then(PeakRung.CallBack)
            .When(waiting with { LongestWait = Rules.CallBackFrom * 0.5 }, Calming).Then(PeakRung.Queue);
    }

    [Fact]
    public void Line_AsGoodAsFull_CallsBack() =>
        new LadderUnderTest().When(Pressed(3), Moment).When(Pressed(3) with { Waiting = 9, LineShare = 0.95 }, Moment).Then(PeakRung.CallBack);

    [Fact]
    public void Calm_WhileSomebodyWaits_KeepsTheLine() => new LadderUnderTest()
        .When(Pressed(3), Moment).When(Calm with { Waiting = 1, LongestWait = TimeSpan.FromSeconds(1) }, TimeSpan.FromMinutes(5)).Then(PeakRung.Queue);

    [Fact]
    public void Calm_StepsDownByItself_OneRungAtATime()
    {
        var ladder = new LadderUnderTest().When(Pressed(3), Moment).Then(PeakRung.Queue);
        var seen = new List<PeakRung>();
        for (var second = 0; second < 60; second++)
        {
            seen.Add(ladder.When(Calm, TimeSpan.FromSeconds(1)).State.Rung);
        }

        seen.Distinct().ShouldBe([PeakRung.Queue, PeakRung.QnaOnly, PeakRung.PopupsPaused, PeakRung.Full]);
    }

    [Fact]
    public void BetweenTheMarks_NothingMoves() => new LadderUnderTest()
        .When(Pressed(1.3), TimeSpan.FromSeconds(10)).Then(PeakRung.QnaOnly)
        .When(Pressed(0.8), TimeSpan.FromMinutes(10)).Then(PeakRung.QnaOnly);

    [Fact]
    public void StepDown_TakenBack_MakesTheNextOneWaitLonger()
    {
        // The load is too much for full answers and little enough for short ones: without patience it would flicker all night.
        var ladder = new LadderUnderTest();
        var changes = new List<DateTimeOffset>();
        for (var tick = 0; tick < 6_000; tick++)
        {
            var before = ladder.State.Rung;
            ladder.When(before >= PeakRung.QnaOnly ? Pressed(0.3) : Pressed(1.5), TimeSpan.FromMilliseconds(100));
            if (ladder.State.Rung < before)
            {
                changes.Add(ladder.Now);
            }
        }

        changes.Count.ShouldBeInRange(2, 12);
        (changes[^1] - changes[^2]).ShouldBeGreaterThan((changes[1] - changes[0]) * 1.5);
    }

    [Fact]
    public void Clock_GoingBack_IsNoTime()
    {
        var ladder = new LadderUnderTest().When(Pressed(3), Moment);
        var state = PeakLadder.Next(ladder.State, Calm, Rules, ladder.Now.AddHours(-1));
        state.Rung.ShouldBe(PeakRung.Queue);
        state.At.ShouldBe(ladder.State.At);
    }
}
