namespace SmartService.Intent.Training;

/// <summary>Which heads are fitted, on what, and who judges which messages.</summary>
/// <remarks>
/// With a validation file all heads see all the data. Without one, several members are cross-fitted: each network leaves out a
/// fold of its own and is judged on it, beside a linear head that left it out too; together the members have seen everything.
/// A single member is fitted once more on everything. Scarce data is judged fold by fold by helpers that are then dropped.
/// </remarks>
internal sealed class TrainingPlan
{
    private const int FoldCount = 10;
    private const int ScarceFolds = 5;
    private const int Scarce = 3_000;
    private readonly int[] _fold;

    private TrainingPlan(int[] fold, IReadOnlyList<TrainingRun> members, TrainingRun linear, IReadOnlyList<TrainingJudge> judges)
    {
        _fold = fold;
        (Members, Linear, Judges) = (members, linear, judges);
        // The longest first: the last to end is then a short one.
        Runs = [.. members.Append(linear).Concat(judges.SelectMany(j => new[] { j.Network, j.Linear })).Distinct().OrderByDescending(run => run.IsNetwork)];
    }

    public IReadOnlyList<TrainingRun> Members { get; }

    public TrainingRun Linear { get; }

    /// <summary>Empty when a validation file judges.</summary>
    public IReadOnlyList<TrainingJudge> Judges { get; }

    public IReadOnlyList<TrainingRun> Runs { get; }

    public static TrainingPlan For(IReadOnlyList<LabelledText> data, IntentTrainerOptions options)
    {
        var seed = options.Seed;
        var count = options.Network.Members;
        var linear = new TrainingRun(false, null, seed + 1);
        var whole = Enumerable.Range(0, count).Select(i => new TrainingRun(true, null, SeedOf(seed, i))).ToArray();
        if (options.Validation is not null)
        {
            return new([], whole, linear, []);
        }

        var scarce = data.Count < Scarce;
        var folds = scarce ? ScarceFolds : FoldCount;
        var judges = Enumerable.Range(0, scarce ? folds : Math.Min(count, folds))
            .Select(f => new TrainingJudge(f, new(true, f, SeedOf(seed, f)), new(false, f, seed + 1))).ToArray();
        var members = scarce || count == 1 ? whole : [.. judges.Select(j => j.Network)];
        return new(IntentTrainer.SplitBySeed(data, folds, seed), members, linear, judges);
    }

    public int FoldOf(int message) => _fold[message];

    private static ulong SeedOf(ulong seed, int member) => seed + (1_000_003UL * (ulong)member);
}

/// <param name="LeftOut">Fold it does not see; null sees all.</param>
internal sealed record TrainingRun(bool IsNetwork, int? LeftOut, ulong Seed);

/// <summary>Heads that judge the messages of one fold, which they have not seen.</summary>
internal sealed record TrainingJudge(int Fold, TrainingRun Network, TrainingRun Linear);
