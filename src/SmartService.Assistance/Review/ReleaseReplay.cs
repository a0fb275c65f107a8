using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Review;

/// <summary>Answers logged questions twice: with what is live, and with what would be.</summary>
internal sealed class ReleaseReplay(
    IQuestionLog log, AnswerDesk desk, QuestionReader reader, KnowledgeIndexBuilder builder, AssistanceOptions options)
{
    private const int KeptChanges = 500;

    public async ValueTask<ReplayReport> RunAsync(TenantId tenant, KnowledgeState after, int days, DateTimeOffset now, CancellationToken ct)
    {
        var live = await desk.ContextAsync(tenant, null, null, ct);
        var trial = KnowledgeView.Of(await builder.BuildAsync(tenant, after.Items, live.Knowledge.Index, ct), after);
        var changes = new List<ReplayChange>();
        var questions = 0;
        await foreach (var question in log.ExportAsync(tenant, new(From: now.AddDays(-days)), ct))
        {
            if (question.Text.Length > 0 && ++questions > 0 && await CompareAsync(tenant, question, trial, ct) is { } change)
            {
                changes.Add(change);
            }

            if (questions >= options.ReplayedQuestions)
            {
                break;
            }
        }

        // Losses first: they are what a person must see before approving.
        var shown = changes.OrderByDescending(change => change.Loss).ThenByDescending(change => change.Gain).Take(KeptChanges);
        return new(days, questions, changes.Count, changes.Count(change => change.Gain), changes.Count(change => change.Loss), [.. shown], now);
    }

    private async ValueTask<ReplayChange?> CompareAsync(TenantId tenant, LoggedQuestion question, KnowledgeView trial, CancellationToken ct)
    {
        var context = await desk.ContextAsync(tenant, question.Customer, question.Language, ct);
        var understood = await reader.ReadAsync(tenant, question.Text, ct);
        var (before, sureBefore) = Best(AnswerComposer.Compose(context, question.Text, understood));
        var (after, sureAfter) = Best(AnswerComposer.Compose(context with { Knowledge = trial }, question.Text, understood));
        var answerFrom = context.Policy.Bot.AnswerFrom;
        var textBefore = sureBefore >= answerFrom ? before?.Text : null;
        var textAfter = sureAfter >= answerFrom ? after?.Text : null;
        return textBefore == textAfter
            ? null
            : new(question.Text, question.Language, textBefore, textAfter, sureBefore, sureAfter, Gain: textBefore is null, Loss: textAfter is null);
    }

    private static (CandidateAnswer? Answer, double Confidence) Best(Composition composed) =>
        composed.Candidates.IsEmpty ? (null, 0) : (composed.Candidates[0], composed.Candidates[0].Confidence);
}
