using Shouldly;
using SmartService.Domain.Learning;
using Xunit;
using static SmartService.Domain.Learning.LearningCommand;
using static SmartService.Domain.Learning.LearningEvent;
using static SmartService.Domain.Tests.Known;
using Given = SmartService.Domain.Tests.Given<
    SmartService.Domain.Learning.LearningDecider, SmartService.Domain.Learning.LearningState,
    SmartService.Domain.Learning.LearningCommand, SmartService.Domain.Learning.LearningEvent, SmartService.Domain.Learning.LearningRefusal>;

namespace SmartService.Domain.Tests.Learning;

public sealed class LearningTests
{
    [Fact]
    public void Teach_Twice_IsOnce() => Given.Events().ThenTwiceIsOnce(Teach("order.delay"));

    [Fact]
    public void Teach_AnotherIntent_ReplacesTheFormer() => Given.Events()
        .When(Teach("order.delay")).When(Teach("order.status"))
        .ThenState(s => s.Taught["c-1#1"].Intent.ShouldBe(new IntentId("order.status")))
        .ThenState(s => s.Taught.Count.ShouldBe(1));

    [Fact]
    public void Teach_NoIntent_IsRefused() => Given.Events().When(Teach("Order Delay!")).ThenRefused(LearningRefusal.BadIntent);

    [Fact]
    public void Teach_20001_DropsTheOldest()
    {
        var learning = Given.Events();
        for (var i = 0; i <= LearningState.MaxTaught; i++)
        {
            learning.When(new Teach(new(new("c-1"), i, new("order.delay"), "kim", Later(i)), Later(i)));
        }

        learning.State.Taught.Count.ShouldBe(LearningState.MaxTaught);
        learning.State.Taught.ContainsKey("c-1#0").ShouldBeFalse();
    }

    [Fact]
    public void NoteRun_Better_GoesLiveWithItsReport() => Given.Events()
        .When(Run("r1", "m1", expected: null))
        .Then(new RunNoted(Report("r1", "m1"), Noon), new ModelWentLive("m1", null, "r1", Noon));

    [Fact]
    public void NoteRun_Twice_IsOnce() => Given.Events().ThenTwiceIsOnce(Run("r1", "m1", expected: null));

    [Fact]
    public void NoteRun_NotBetter_KeepsWhatIsLive() => GivenLive("m1")
        .When(new NoteRun(Report("r2", "m2") with { Verdict = LearningVerdict.NotBetter }, "m1", Noon))
        .ThenState(s => s.Live.ShouldBe("m1"))
        .ThenState(s => s.Reports.Length.ShouldBe(2));

    [Fact]
    public void NoteRun_LiveModelChangedMeanwhile_IsOvertaken() => GivenLive("m1")
        .When(Run("r2", "m2", expected: null))
        .ThenState(s => (s.Live, s.Reports[^1].Verdict).ShouldBe(("m1", LearningVerdict.Overtaken)));

    [Fact]
    public void RollBack_Once_BringsBackTheFormer_AndThenTheShippedModel() => GivenLive("m1", "m2")
        .When(new RollBack("kim", Noon)).Then(new ModelRolledBack("m2", "m1", "kim", Noon))
        .When(new RollBack("kim", Noon)).Then(new ModelRolledBack("m1", null, "kim", Noon))
        .When(new RollBack("kim", Noon)).ThenRefused(LearningRefusal.NothingToRollBack);

    [Fact]
    public void RollBack_PastWhatIsKept_IsTheShippedModel()
    {
        var learning = GivenLive("m1", "m2", "m3", "m4", "m5");
        for (var i = 0; i < LearningState.MaxFormer; i++)
        {
            learning.When(new RollBack("kim", Noon));
        }

        learning.State.Live.ShouldBe("m2");
        learning.When(new RollBack("kim", Noon)).ThenState(s => s.Live.ShouldBeNull());
    }

    [Fact]
    public void Forget_Everything_IsAsNew() => GivenLive("m1").When(Teach("order.delay"))
        .When(new Forget("kim", Noon)).Then(new Forgotten("kim", Noon))
        .ThenState(s => (s.Taught.Count, s.Reports.Length, s.Live, s.Former.Length).ShouldBe((0, 0, null, 0)))
        .When(new Forget("kim", Noon)).ThenNothing();

    [Fact]
    public void Forgotten_WithoutWhatWasBefore_Replays() => Given.Events(new Forgotten("kim", Noon), new IntentTaught(Taught("order.delay"), Noon))
        .ThenState(s => s.Taught.Count.ShouldBe(1));

    private static Given GivenLive(params string[] models)
    {
        var learning = Given.Events();
        string? live = null;
        foreach (var model in models)
        {
            learning.When(Run("r-" + model, model, live));
            live = model;
        }

        return learning;
    }

    private static Teach Teach(string intent) => new(Taught(intent), Noon);

    private static TaughtIntent Taught(string intent) => new(new("c-1"), 1, new(intent), "kim", Noon);

    private static NoteRun Run(string run, string model, string? expected) => new(Report(run, model), expected, Noon);

    private static LearningReport Report(string run, string model) => new(
        run, "kim", Noon, Noon, [new("taught", 40)], 20, 10, 18, 9, 1, 0.01, 100, 20, null, model, "base", [], LearningVerdict.WentLive, "better", TimeSpan.Zero);
}
