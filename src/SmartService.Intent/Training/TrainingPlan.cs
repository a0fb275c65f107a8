using SmartService.Domain;

namespace SmartService.Intent.Training;

/// <summary>Which heads are fitted, on what, and who judges which messages.</summary>
/// <remarks>
/// Heads of the model see all the data. Who judges them: the validation file; without one, helpers that left out a fold and are dropped
/// afterwards, one for much data and five, a fold each, for scarce data. Out of scope is judged by the same, or, where those know no
/// such message, by further helpers: ones that left out half of the few that the data has, or, where it has none, a share of the labels
/// altogether, whose messages then stand in for what is out of scope.
/// </remarks>
internal sealed class TrainingPlan
{
    private const int FoldCount = 10;
    private const int ScarceFolds = 5;
    private const int Scarce = 3_000;
    private const int LeastLabels = 2 * ScarceFolds;
    private const int FewOutOfScope = 1_000;
    private readonly int[] _fold;

    private TrainingPlan(
        int[] fold, IReadOnlyList<TrainingRun> members, TrainingRun linear, IReadOnlyList<TrainingJudge> judges, IReadOnlyList<TrainingJudge> strangers)
    {
        _fold = fold;
        (Members, Linear, Judges, Strangers) = (members, linear, judges, strangers);
        // The longest first: the last to end is then a short one.
        Runs = [.. members.Append(linear).Concat(judges.Concat(strangers).SelectMany(j => new[] { j.Network, j.Linear })).Distinct().OrderByDescending(run => run.IsNetwork)];
    }

    public IReadOnlyList<TrainingRun> Members { get; }

    public TrainingRun Linear { get; }

    /// <summary>Empty when a validation file judges.</summary>
    public IReadOnlyList<TrainingJudge> Judges { get; }

    /// <summary>Who judges what is out of scope, where the other judges know no such message; else empty.</summary>
    public IReadOnlyList<TrainingJudge> Strangers { get; }

    public IReadOnlyList<TrainingRun> Runs { get; }

    public static TrainingPlan For(IReadOnlyList<LabelledText> data, int labels, bool hasOutOfScope, IntentTrainerOptions options)
    {
        var seed = options.Seed;
        var count = options.Network.Members;
        var linear = new TrainingRun(false, null, seed + 1);
        var whole = Enumerable.Range(0, count).Select(i => new TrainingRun(true, null, SeedOf(seed, i))).ToArray();
        var scarce = data.Count < Scarce;
        var folds = scarce ? ScarceFolds : FoldCount;
        var fold = IntentTrainer.SplitBySeed(data, folds, seed);
        LeaveOutHalfOfFew(data, fold);
        var helpers = Enumerable.Range(0, scarce ? folds : 1)
            .Select(f => new TrainingJudge(f, new(true, f, SeedOf(seed, f)), new(false, f, seed + 1))).ToArray();
        if (options.Validation is { } validation)
        {
            var isBlind = hasOutOfScope && !validation.Any(line => line.Label == Intents.OutOfScope.Value);
            return new(fold, whole, linear, [], isBlind ? helpers : []);
        }

        var strangers = !scarce || labels < LeastLabels || hasOutOfScope ? [] : Enumerable.Range(0, folds)
            .Select(f => new TrainingJudge(f, new(true, f, SeedOf(seed, f), f), new(false, f, seed + 1, f))).ToArray();
        return new(fold, whole, linear, helpers, strangers);
    }

    /// <summary>A tenth of a hundred examples would be ten, and nothing can be fitted to ten: the first helper leaves out half.</summary>
    private static void LeaveOutHalfOfFew(IReadOnlyList<LabelledText> data, int[] fold)
    {
        int[] outside = [.. Enumerable.Range(0, data.Count).Where(i => data[i].Label == Intents.OutOfScope.Value)];
        if (outside.Length < FewOutOfScope && data.Count >= Scarce)
        {
            foreach (var i in outside)
            {
                fold[i] %= 2;
            }
        }
    }

    /// <summary>Whether a run learns from a message.</summary>
    public bool Sees(TrainingRun run, int message, int label) =>
        (run.LeftOut is not { } fold || _fold[message] != fold) && (run.UnknownLabels is not { } share || !IsUnknown(share, label));

    /// <summary>Whether a label belongs to a share of the labels that strangers do not know.</summary>
    public static bool IsUnknown(int share, int label) => label % ScarceFolds == share;

    public int FoldOf(int message) => _fold[message];

    private static ulong SeedOf(ulong seed, int member) => seed + (1_000_003UL * (ulong)member);
}

/// <param name="LeftOut">Fold it does not see; null sees all.</param>
/// <param name="UnknownLabels">Share of the labels it does not see; null sees all.</param>
internal sealed record TrainingRun(bool IsNetwork, int? LeftOut, ulong Seed, int? UnknownLabels = null);

/// <summary>Heads that judge the messages of one fold, which they have not seen.</summary>
internal sealed record TrainingJudge(int Fold, TrainingRun Network, TrainingRun Linear);
