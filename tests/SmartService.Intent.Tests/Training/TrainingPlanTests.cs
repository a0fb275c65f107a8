using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Training;

public sealed class TrainingPlanTests
{
    [Fact]
    public void For_MuchData_OneHelperJudgesAndTheModelSeesEverything()
    {
        var plan = PlanOf(Lines(4_000, 20, outside: 0), labels: 20, hasOutOfScope: false);
        plan.Members.Count.ShouldBe(2);
        plan.Members.ShouldAllBe(run => run.LeftOut == null);
        plan.Members.Select(run => run.Seed).ShouldBeUnique();
        plan.Judges.ShouldHaveSingleItem().Network.LeftOut.ShouldBe(0);
        plan.Strangers.ShouldBeEmpty();
    }

    [Fact]
    public void For_ScarceDataWithNothingOutOfScope_StrangersDoNotKnowAFifthOfTheLabels()
    {
        var plan = PlanOf(Lines(500, 20, outside: 0), labels: 20, hasOutOfScope: false);
        plan.Judges.Count.ShouldBe(5);
        plan.Strangers.Count.ShouldBe(5);
        foreach (var stranger in plan.Strangers)
        {
            var unknown = Enumerable.Range(0, 20).Where(label => !Enumerable.Range(0, 500).Any(i => plan.Sees(stranger.Network, i, label))).ToArray();
            unknown.Length.ShouldBe(4);
            Enumerable.Range(0, 500).Where(i => plan.FoldOf(i) == stranger.Fold).ShouldAllBe(i => !plan.Sees(stranger.Network, i, 19 - unknown[0]));
        }
    }

    [Fact]
    public void For_FewOutOfScope_TheHelperLeavesOutHalfOfThem()
    {
        var data = Lines(4_000, 20, outside: 100);
        var plan = PlanOf(data, labels: 21, hasOutOfScope: true);
        var judge = plan.Judges.ShouldHaveSingleItem();
        Enumerable.Range(0, data.Length).Count(i => data[i].Label == "out_of_scope" && plan.FoldOf(i) == judge.Fold).ShouldBe(50);
        Enumerable.Range(0, data.Length).Count(i => data[i].Label != "out_of_scope" && plan.FoldOf(i) == judge.Fold).ShouldBeInRange(380, 420);
    }

    [Fact]
    public void For_ValidationWithoutOutOfScope_AHelperJudgesThatAlone()
    {
        var options = new IntentTrainerOptions { Validation = Lines(200, 20, outside: 0) };
        var plan = TrainingPlan.For(Lines(4_000, 20, outside: 100), 21, true, options);
        plan.Judges.ShouldBeEmpty();
        plan.Strangers.ShouldHaveSingleItem().Network.UnknownLabels.ShouldBeNull();
    }

    private static TrainingPlan PlanOf(IReadOnlyList<LabelledText> data, int labels, bool hasOutOfScope) =>
        TrainingPlan.For(data, labels, hasOutOfScope, new());

    private static LabelledText[] Lines(int count, int labels, int outside) =>
        [.. Enumerable.Range(0, count).Select(i => new LabelledText($"text {i}", $"label{i % labels:00}")),
         .. Enumerable.Range(0, outside).Select(i => new LabelledText($"other {i}", "out_of_scope"))];
}
