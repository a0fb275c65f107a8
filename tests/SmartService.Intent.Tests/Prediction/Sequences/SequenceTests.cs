using SmartService.Intent.Prediction.Sequences;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Prediction.Sequences;

public sealed class SequenceTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"sessions-{Guid.NewGuid():N}.txt");

    [Fact]
    public void Read_NumbersPagesByNumber()
    {
        File.WriteAllText(_file, "100 20 3\n\n20 100\n");
        var data = PageSessions.Read(_file);
        data.Pages.ShouldBe(["3", "20", "100"]);
        data.Sessions.ShouldBe([[2, 1, 0], [1, 2]]);
    }

    [Fact]
    public void Read_BadLines_AllNamed()
    {
        File.WriteAllLines(_file, ["1 2", new string('x', 65), string.Join(' ', Enumerable.Range(0, 1_001))]);
        var faults = Should.Throw<TrainingFileException>(() => PageSessions.Read(_file)).Faults;
        faults.Count.ShouldBe(2);
        faults[0].ShouldContain(":2:");
        faults[1].ShouldContain(":3:");
    }

    [Fact]
    public void Split_SharesNothingAndLosesNothing()
    {
        int[][] sessions = [.. Enumerable.Range(0, 1_000).Select(i => new[] { i })];
        var split = SessionSplit.Draw(sessions, 3);
        split.Test.Length.ShouldBe(200);
        split.Validation.Length.ShouldBe(80);
        split.Known.Concat(split.Test).Select(s => s[0]).Order().ShouldBe(Enumerable.Range(0, 1_000));
        SessionSplit.Draw(sessions, 3).Test.ShouldBe(split.Test);
    }

    [Fact]
    public void Habits_AscendingSessions_RuleOutWhatCannotCome()
    {
        var habits = StepHabits.Of([[1, 3, 4], [0, 2]]);
        habits.OnlyUp.ShouldBeTrue();
        var scores = new float[] { 1, 1, 1, 1, 1 };
        habits.RuleOut([1, 2], scores, 0);
        scores.ShouldBe([0, 0, 0, 1, 1]);
    }

    [Fact]
    public void Habits_SessionsThatGoBack_RuleOutNothing()
    {
        var habits = StepHabits.Of([[1, 0, 1], [2, 1]]);
        habits.ShouldBe(new(false, false));
        var scores = new float[] { 1, 1, 1 };
        habits.RuleOut([2], scores, 0);
        scores.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void Chain_Probabilities_SumToOneAndFollowTheLongestKnownContext()
    {
        int[][] sessions = [.. Enumerable.Repeat((int[])[0, 1, 2], 20), .. Enumerable.Repeat((int[])[3, 1, 4], 20), [1, 2], [1, 2]];
        var chain = new BackoffPages(sessions, 5, new(false, false));
        var scores = new float[5];
        chain.Score([3, 1], scores);
        scores.Sum().ShouldBe(1, 1e-4f);
        Array.IndexOf(scores, scores.Max()).ShouldBe(4);
        chain.Score([1], scores);
        Array.IndexOf(scores, scores.Max()).ShouldBe(2);
    }

    [Fact]
    public void FirstOrder_UnknownLastPage_FallsBackToThePopular()
    {
        var model = new FirstOrderPages([[0, 1], [2, 1], [3]], 4);
        var scores = new float[4];
        model.Score([3], scores);
        Array.IndexOf(scores, scores.Max()).ShouldBe(1);
    }

    [Fact]
    public void Learned_DependsOnEarlierPages_BeatsFirstOrderChain()
    {
        // What follows page 2 depends on the page before it, and noise stands between.
        var data = new PageSessions([.. Enumerable.Range(0, 12).Select(i => $"{i}")], Drawn(1_500));
        var report = SequenceEvaluator.Evaluate(data, 1, default);
        report.HitAt1.ShouldBeGreaterThan(report.FirstOrder.HitAt1 + 0.02);
        report.HitAt5.ShouldBeGreaterThanOrEqualTo(report.FirstOrder.HitAt5);
        report.OnlyUp.ShouldBeTrue();
        SequenceEvaluator.Evaluate(data, 1, default).ShouldBe(report);
    }

    public void Dispose() => File.Delete(_file);

    private static int[][] Drawn(int count)
    {
        var random = new SeededRandom(9);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var first = random.Next(2);
                return random.Chance(0.9) ? (int[])[first, 2 + random.Next(3), 6 + first, 9 + random.Next(3)] : [first, 5, 8];
            }),
        ];
    }
}
