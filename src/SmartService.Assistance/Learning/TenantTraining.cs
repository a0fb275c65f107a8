using SmartService.Domain;
using SmartService.Domain.Learning;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>One training of one tenant, from lessons to verdict.</summary>
internal sealed class TenantTraining(
    ILearnings learnings, LessonCollector collector, ITenantModels models, ITenantModelStore store, LiveModels live, AssistanceOptions options, TimeProvider time)
{
    /// <summary>The journal and what is in use change together: a roll-back meanwhile must not be undone by a training that ends.</summary>
    public SemaphoreSlim Swap { get; } = new(1, 1);

    /// <param name="onlyIfNew">Returns null when too little is new since the last report.</param>
    public async Task<LearningReport?> RunAsync(TenantId tenant, string run, string asker, bool onlyIfNew, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var key = LearningDesk.KeyOf(tenant);
        var state = await learnings.ReadAsync(key, ct);
        var collected = await collector.CollectAsync(tenant, ct);
        if (onlyIfNew && !IsWorthwhile(tenant, state, collected.Lessons))
        {
            return null;
        }

        var split = LessonSplit.Of(collected.Lessons, options.Learning);
        var blank = Blank(tenant, run, asker, split);
        var (report, model) = split.At is null || !split.Learned.Any(lesson => lesson.Means)
            ? (blank, null)
            : await LowPriority.RunAsync(() => new ModelTrial(models, options.Learning).Run(split, collected.Recent, models.LiveOf(tenant), blank, ct));
        return await ConcludeAsync(tenant, report with { Took = time.GetElapsedTime(started) }, model, state.Live, ct);
    }

    private bool IsWorthwhile(TenantId tenant, LearningState state, IReadOnlyList<LoggedLesson> lessons)
    {
        var since = state.Reports is [.., var last] ? last.At : DateTimeOffset.MinValue;
        return lessons.Count(lesson => lesson.At > since) >= options.Learning.MinNewLessons
            || (state.Live is not null && models.LiveOf(tenant)?.Hash != state.Live);
    }

    private LearningReport Blank(TenantId tenant, string run, string asker, LessonSplit split)
    {
        var needed = 2 * options.Learning.MinHeldBack;
        return new(
            run, asker, time.GetUtcNow(), split.At,
            [.. split.Learned.GroupBy(lesson => lesson.Kind).OrderBy(same => same.Key).Select(same => new LessonCount(NameOf(same.Key), same.Count()))],
            split.HeldBack.Count, 0, 0, 0, 0, 1, 0, 0, models.LiveOf(tenant)?.Hash, null, models.BaseModel, [], LearningVerdict.TooFewConfirmed,
            FormattableString.Invariant($"{split.HeldBack.Count} questions have a confirmed right intent; {needed} are needed, half of them to judge by."), TimeSpan.Zero);
    }

    private async Task<LearningReport> ConcludeAsync(TenantId tenant, LearningReport report, ITenantModel? model, string? expected, CancellationToken ct)
    {
        await Swap.WaitAsync(ct);
        try
        {
            if (report.Verdict == LearningVerdict.WentLive)
            {
                // On disk before the journal names it: what is acknowledged as live is there after a crash.
                await store.SaveAsync(tenant, model!.Hash, model.File, ct);
            }

            var key = LearningDesk.KeyOf(tenant);
            await learnings.HandleAsync(key, new LearningCommand.NoteRun(report, expected, time.GetUtcNow()), ct);
            var after = await learnings.ReadAsync(key, ct);
            if (model is not null && after.Live == model.Hash)
            {
                live.Use(tenant, model);
            }

            await store.KeepOnlyAsync(tenant, [.. after.Former, after.Live ?? ""], ct);
            return after.Reports.Last(known => known.Run == report.Run);
        }
        finally
        {
            Swap.Release();
        }
    }

    private static string NameOf(LessonKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
