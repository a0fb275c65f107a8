using SmartService.Assistance.Answers;
using SmartService.Assistance.Learning;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Texts;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Review;

internal sealed class ReviewDesk : IReview
{
    private const int Examples = 20;
    private readonly IKnowledge _knowledge;
    private readonly IQuestionLog _log;
    private readonly TimeProvider _time;
    private readonly ILearnings _learnings;
    private readonly UnansweredQuestions _unanswered;
    private readonly ReleaseReplay _replay;

    public ReviewDesk(
        IKnowledge knowledge, IQuestionLog log, IUnderstanding understanding, AnswerDesk desk, QuestionReader reader, KnowledgeIndexBuilder builder,
        ILearnings learnings, AssistanceOptions options, TimeProvider time)
    {
        (_knowledge, _log, _learnings, _time) = (knowledge, log, learnings, time);
        _unanswered = new(log, understanding, options);
        _replay = new(log, desk, reader, builder, options);
    }

    public async ValueTask<IReadOnlyList<QuestionCluster>> ClustersAsync(TenantId tenant, DateTimeOffset since, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return [.. (await _unanswered.GroupsAsync(tenant, since, ct)).Take(limit).Select(ClusterOf)];
    }

    public async ValueTask<int> ProposeAsync(TenantId tenant, DateTimeOffset since, CancellationToken ct)
    {
        var changed = 0;
        foreach (var group in await _unanswered.GroupsAsync(tenant, since, ct))
        {
            var cluster = ClusterOf(group);
            var downvoted = group.Where(question => question is { Helpful: false, SourceKind: "qna" }).ToArray();
            var mostlyDownvoted = downvoted.Length * 2 > group.Count;
            var propose = new KnowledgeCommand.Propose(
                cluster.Id, Cut(cluster.Question), [.. cluster.Examples], cluster.Count,
                mostlyDownvoted ? CandidateOrigin.Downvoted : CandidateOrigin.Unanswered,
                mostlyDownvoted ? new ItemId(downvoted.GroupBy(q => q.SourceId!).MaxBy(source => source.Count())!.Key) : null,
                _time.GetUtcNow());
            changed += await TellAsync(tenant, propose, ct) is { Refusal: null, Events.IsEmpty: false } ? 1 : 0;
        }

        return changed + await ProposeAnsweredAsync(tenant, since, ct);
    }

    /// <summary>What people answered where the bot could not: the newest answer of a group is offered, personal data masked.</summary>
    private async ValueTask<int> ProposeAnsweredAsync(TenantId tenant, DateTimeOffset since, CancellationToken ct)
    {
        var changed = 0;
        foreach (var group in await _unanswered.AnsweredByPeopleAsync(tenant, since, ct))
        {
            var cluster = ClusterOf(group);
            var propose = new KnowledgeCommand.Propose(
                cluster.Id, Cut(cluster.Question), [.. cluster.Examples], cluster.Count, CandidateOrigin.PersonAnswered, null, _time.GetUtcNow())
            {
                Suggested = TextMask.Mask(group[^1].Answer!),
            };
            changed += await TellAsync(tenant, propose, ct) is { Refusal: null, Events.IsEmpty: false } ? 1 : 0;
        }

        return changed;
    }

    public async ValueTask<CorrectionOutcome?> CorrectAsync(
        TenantId tenant, ConversationId conversation, int number, ItemContent content, ItemId? replaces, string author, CancellationToken ct)
    {
        if (await _log.FindAsync(tenant, conversation, number, ct) is not { } question)
        {
            return null;
        }

        var faults = ContentRules.Check(content);
        if (!faults.IsEmpty)
        {
            return new(null, KnowledgeRefusal.BadContent, faults);
        }

        var key = KnowledgeIndexes.KeyOf(tenant);
        var state = await _knowledge.ReadAsync(key, ct);
        var id = OpenId(state, CandidateIds.Of("fix", conversation, number));
        var now = _time.GetUtcNow();
        var proposed = await TellAsync(tenant, new(id, Cut(question.Text), [question.Text], 1, CandidateOrigin.Corrected, replaces, now), ct);
        var refusal = proposed.Refusal ?? (await _knowledge.HandleAsync(key, new KnowledgeCommand.Confirm(id, content, replaces, author, now), ct)).Refusal;
        if (refusal is not null)
        {
            return new(null, refusal, []);
        }

        if ((content.Intent ?? IntentOf(state, replaces)) is { } intent)
        {
            await _learnings.HandleAsync(LearningDesk.KeyOf(tenant), new LearningCommand.Teach(new(conversation, number, intent, author, now), now), ct);
        }

        return new(id, null, []);
    }

    private static IntentId? IntentOf(KnowledgeState state, ItemId? item) =>
        item is { } id && state.Items.TryGetValue(id.Value, out var known) ? known.Live.Content.Intent : null;

    public ValueTask<ReplayOutcome> ReplayAsync(TenantId tenant, string release, int days, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 90);
        return ReplayNowAsync(tenant, release, days, ct);
    }

    private async ValueTask<ReplayOutcome> ReplayNowAsync(TenantId tenant, string release, int days, CancellationToken ct)
    {
        var key = KnowledgeIndexes.KeyOf(tenant);
        var state = await _knowledge.ReadAsync(key, ct);
        var (after, refusal) = TrialRelease.Apply(state, release, _time.GetUtcNow());
        if (after is null)
        {
            return new(null, refusal);
        }

        var report = await _replay.RunAsync(tenant, after, days, _time.GetUtcNow(), ct);
        var reply = await _knowledge.HandleAsync(key, new KnowledgeCommand.NoteReplay(release, report, _time.GetUtcNow()), ct);
        return new(reply.Refusal is null ? report : null, reply.Refusal);
    }

    /// <summary>An item to replace may be gone by now; then the candidate is for a new one.</summary>
    private async ValueTask<Reply<KnowledgeEvent, KnowledgeRefusal>> TellAsync(TenantId tenant, KnowledgeCommand.Propose propose, CancellationToken ct)
    {
        var key = KnowledgeIndexes.KeyOf(tenant);
        var reply = await _knowledge.HandleAsync(key, propose, ct);
        return reply.Refusal == KnowledgeRefusal.ItemNotFound && propose is { Origin: not CandidateOrigin.Corrected, Replaces: not null }
            ? await _knowledge.HandleAsync(key, propose with { Replaces = null }, ct)
            : reply;
    }

    /// <summary>A question corrected before, whose candidate has been decided, gets another candidate.</summary>
    private static string OpenId(KnowledgeState state, string id)
    {
        var open = id;
        for (var n = 2; state.Candidates.TryGetValue(open, out var known) && known.Status is (CandidateStatus.Released or CandidateStatus.Dismissed); n++)
        {
            open = $"{id}-{n}";
        }

        return open;
    }

    private static QuestionCluster ClusterOf(List<LoggedQuestion> group)
    {
        var oldest = group[0];
        var intent = group.GroupBy(question => question.Intent).OrderByDescending(same => same.Count()).ThenBy(same => same.Key.Value, StringComparer.Ordinal).First().Key;
        return new(
            CandidateIds.Of("ask", oldest.Conversation, oldest.Number), oldest.Text, group.Count,
            [.. group.Select(question => question.Text).Distinct(StringComparer.Ordinal).Take(Examples)], intent, oldest.Language, group[^1].At);
    }

    private static string Cut(string text) => text.Length <= ContentRules.MaxQuestionLength ? text : text[..ContentRules.MaxQuestionLength];
}
