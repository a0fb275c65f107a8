using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Learning;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>Trains a tenant's model and judges it against what answers now.</summary>
internal sealed class ModelTrial(ITenantModels models, LearningOptions options)
{
    private const int KeptChanges = 100;

    /// <summary>Seconds of work on the caller's thread.</summary>
    /// <param name="live">What answers now; null for the shipped model.</param>
    /// <param name="blank">The report with what is known before.</param>
    public (LearningReport Report, ITenantModel Model) Run(
        LessonSplit split, IReadOnlyList<string> recent, ITenantModel? live, LearningReport blank, CancellationToken ct)
    {
        var model = models.Train([.. split.Learned.Select(lesson => new Lesson(lesson.Text, lesson.Intent, lesson.Means, lesson.Weight))], ct);
        var judged = new List<LearningChange>();
        foreach (var question in split.HeldBack)
        {
            ct.ThrowIfCancellationRequested();
            judged.Add(new(question.Conversation, question.Number, question.Intent, IntentOf(live, question.Text), IntentOf(model, question.Text)));
        }

        var changed = recent.Count(text => !ct.IsCancellationRequested && IntentOf(live, text) != IntentOf(model, text));
        ct.ThrowIfCancellationRequested();
        var report = Judged(blank with { Model = model.Hash, Before = live?.Hash, Replayed = recent.Count, Changed = changed }, judged);
        return (report, model);
    }

    private IntentId IntentOf(ITenantModel? model, string text) => models.Understand(model, text).Best.Intent;

    private LearningReport Judged(LearningReport report, List<LearningChange> judged)
    {
        var mended = judged.Count(IsMended);
        var broken = judged.Count(IsBroken);
        var chance = Significance.Chance(mended, broken);
        var verdict = mended <= broken || chance > options.MaxChance ? LearningVerdict.NotBetter
            : report.Changed > options.MaxChangedShare * report.Replayed ? LearningVerdict.TooMuchChange
            : LearningVerdict.WentLive;
        ImmutableArray<LearningChange> changes =
            [.. judged.Where(change => change.Before != change.After).OrderByDescending(IsBroken).ThenByDescending(IsMended).Take(KeptChanges)];
        return report with
        {
            HeldBack = judged.Count,
            RightBefore = judged.Count(change => change.Before == change.Right),
            RightAfter = judged.Count(change => change.After == change.Right),
            Mended = mended,
            Broken = broken,
            Chance = chance,
            Changes = changes,
            Verdict = verdict,
            Why = WhyOf(verdict, mended, broken, chance, report),
        };
    }

    private string WhyOf(LearningVerdict verdict, int mended, int broken, double chance, LearningReport report) => FormattableString.Invariant(verdict switch
    {
        LearningVerdict.WentLive => $"{mended} mended, {broken} broken: by luck with probability {chance:0.####}, at most {options.MaxChance} is needed.",
        LearningVerdict.TooMuchChange => $"Better on confirmed questions, but {report.Changed} of {report.Replayed} recent ones would be read differently; at most {options.MaxChangedShare:P0} may.",
        _ => $"{mended} mended, {broken} broken: by luck with probability {chance:0.####}, at most {options.MaxChance} is needed; the former model stays.",
    });

    private static bool IsMended(LearningChange change) => change.Before != change.Right && change.After == change.Right;

    private static bool IsBroken(LearningChange change) => change.Before == change.Right && change.After != change.Right;
}
