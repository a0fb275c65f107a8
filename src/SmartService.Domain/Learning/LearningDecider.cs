using System.Collections.Immutable;
using SmartService.Domain.Knowledge;
using static SmartService.Domain.Learning.LearningCommand;
using static SmartService.Domain.Learning.LearningEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Learning.LearningEvent, SmartService.Domain.Learning.LearningRefusal>;

namespace SmartService.Domain.Learning;

/// <summary>What a tenant has taught and which model answers: a model goes live by its report, and back by one command.</summary>
public sealed class LearningDecider : IDecider<LearningState, LearningCommand, LearningEvent, LearningRefusal>
{
    private LearningDecider()
    {
    }

    public static LearningState Initial => LearningState.Empty;

    public static Decision Decide(LearningState state, LearningCommand command) => command switch
    {
        Teach c => DecideTeaching(state, c),
        NoteRun c => DecideRun(state, c),
        RollBack when state.Live is null => LearningRefusal.NothingToRollBack,
        RollBack c => new ModelRolledBack(state.Live, Former(state), c.Author, c.At),
        Forget when IsEmpty(state) => Decision.Unchanged,
        Forget c => new Forgotten(c.Author, c.At),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    public static LearningState Evolve(LearningState state, LearningEvent e) => e switch
    {
        IntentTaught t => state with { Taught = With(state.Taught, t.Taught) },
        RunNoted r => state with { Reports = Bounded.Append(state.Reports, Whole(r.Report), LearningState.MaxReports) },
        ModelWentLive m => state with { Live = m.Model, Former = Bounded.Append(state.Former, m.Before ?? "", LearningState.MaxFormer) },
        ModelRolledBack m => state with { Live = m.Model, Former = state.Former.IsEmpty ? [] : state.Former.RemoveAt(state.Former.Length - 1) },
        Forgotten => LearningState.Empty,
        _ => throw new CorruptHistoryException(state, e),
    };

    private static Decision DecideTeaching(LearningState state, Teach c)
    {
        if (!ContentRules.IsIntentId(c.Taught.Intent.Value))
        {
            return LearningRefusal.BadIntent;
        }

        var known = state.Taught.GetValueOrDefault(LearningState.KeyOf(c.Taught.Conversation, c.Taught.Number));
        return known?.Intent == c.Taught.Intent ? Decision.Unchanged : new IntentTaught(c.Taught, c.At);
    }

    private static Decision DecideRun(LearningState state, NoteRun c)
    {
        if (state.Reports.Any(known => known.Run == c.Report.Run))
        {
            return Decision.Unchanged;
        }

        if (c.Report is not { Verdict: LearningVerdict.WentLive, Model: { } model })
        {
            return new RunNoted(c.Report, c.At);
        }

        // It was judged against a model that is not live any more: what the comparison says does not hold now.
        return state.Live == c.ExpectedLive
            ? new LearningEvent[] { new RunNoted(c.Report, c.At), new ModelWentLive(model, state.Live, c.Report.Run, c.At) }
            : new RunNoted(
                c.Report with { Verdict = LearningVerdict.Overtaken, Why = "Another model went live, or was rolled back, during the training." }, c.At);
    }

    private static string? Former(LearningState state) => state.Former is [.., { Length: > 0 } former] ? former : null;

    private static bool IsEmpty(LearningState state) => state.Taught.IsEmpty && state.Reports.IsEmpty && state.Live is null && state.Former.IsEmpty;

    private static ImmutableDictionary<string, TaughtIntent> With(ImmutableDictionary<string, TaughtIntent> known, TaughtIntent taught)
    {
        var key = LearningState.KeyOf(taught.Conversation, taught.Number);
        if (known.Count >= LearningState.MaxTaught && !known.ContainsKey(key))
        {
            known = known.Remove(known.MinBy(pair => (pair.Value.At, pair.Key)).Key);
        }

        return known.SetItem(key, taught);
    }

    private static LearningReport Whole(LearningReport report) =>
        report with { Lessons = report.Lessons.OrEmpty(), Changes = report.Changes.OrEmpty() };
}
