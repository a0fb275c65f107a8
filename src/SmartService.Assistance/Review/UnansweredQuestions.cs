using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Queries;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Review;

/// <summary>Logged questions that lack a good answer, or got it from a person, in groups.</summary>
internal sealed class UnansweredQuestions(IQuestionLog log, IUnderstanding understanding, AssistanceOptions options)
{
    private const int TextsPerBatch = 256;

    /// <returns>Groups, largest first; within a group the oldest question first.</returns>
    public ValueTask<List<List<LoggedQuestion>>> GroupsAsync(TenantId tenant, DateTimeOffset since, CancellationToken ct) =>
        GroupAsync(tenant, new(Unanswered: true, From: since), LacksAnswer, ct);

    /// <summary>Questions the bot handed off for want of an answer and a person then answered; grouped like the others.</summary>
    public ValueTask<List<List<LoggedQuestion>>> AnsweredByPeopleAsync(TenantId tenant, DateTimeOffset since, CancellationToken ct) =>
        GroupAsync(
            tenant, new(Outcome: QuestionOutcome.AgentAnswered, From: since), question => question is { Reason: not null, Answer.Length: > 0 } && LacksAnswer(question), ct);

    private async ValueTask<List<List<LoggedQuestion>>> GroupAsync(
        TenantId tenant, QuestionFilter filter, Func<LoggedQuestion, bool> belongs, CancellationToken ct)
    {
        var questions = new List<LoggedQuestion>();
        await foreach (var question in log.ExportAsync(tenant, filter, ct))
        {
            if (belongs(question))
            {
                questions.Add(question);
            }

            if (questions.Count >= options.ClusteredQuestions)
            {
                break;
            }
        }

        var groups = Clustering.Group(questions, await EmbedAsync(tenant, questions, ct));
        return [.. groups.OrderByDescending(group => group.Count).ThenByDescending(group => group[^1].At)];
    }

    /// <summary>Whoever wanted a person or complained asked nothing the merchant could write an answer to.</summary>
    private static bool LacksAnswer(LoggedQuestion question) =>
        question.Text.Length > 0 && (question.Helpful == false || question.Reason is not (HandOffReason.Requested or HandOffReason.Complaint or HandOffReason.Rule));

    private async ValueTask<List<float[]>> EmbedAsync(TenantId tenant, List<LoggedQuestion> questions, CancellationToken ct)
    {
        try
        {
            var vectors = new List<float[]>(questions.Count);
            foreach (var texts in questions.Select(question => question.Text).Chunk(TextsPerBatch))
            {
                vectors.AddRange(await understanding.EmbedAsync(tenant, texts, ct));
            }

            return vectors;
        }
        catch (UnderstandingException)
        {
            // Groups by words alone are still groups.
            return [.. Enumerable.Repeat(Array.Empty<float>(), questions.Count)];
        }
    }
}
