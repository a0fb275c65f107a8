using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SmartService.Domain;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

internal sealed class QuestionLog(IReadModelReader reader) : IQuestionLog
{
    public async ValueTask<Page<LoggedQuestion>> SearchAsync(TenantId tenant, QuestionFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var (after, most) = (Cursor.Read(cursor), Cursor.Limit(limit));
        await using var context = await reader.OpenAsync(ct);
        var questions = Matching(context, tenant, filter);
        if (after is { } last)
        {
            questions = questions.Where(question => question.Position < last.Key);
        }

        var rows = await WithScore(context, questions.OrderByDescending(question => question.Position).Take(most + 1)).ToListAsync(ct);
        return new([.. rows.Take(most).Select(Logged)], rows.Count > most ? Cursor.Of(rows[most - 1].Question.Position) : null);
    }

    public async IAsyncEnumerable<LoggedQuestion> ExportAsync(TenantId tenant, QuestionFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var context = await reader.OpenAsync(ct);
        var rows = WithScore(context, Matching(context, tenant, filter).OrderByDescending(question => question.Position));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return Logged(row);
        }
    }

    public async ValueTask<LoggedQuestion?> FindAsync(TenantId tenant, ConversationId conversation, int number, CancellationToken ct)
    {
        await using var context = await reader.OpenAsync(ct);
        var found = context.Questions.Where(question =>
            question.Tenant == tenant.Value && question.Conversation == conversation.Value && question.Number == number);
        return await WithScore(context, found).FirstOrDefaultAsync(ct) is { } row ? Logged(row) : null;
    }

    private IQueryable<QuestionEntry> Matching(ReadModelContext context, TenantId tenant, QuestionFilter filter)
    {
        var source = reader.Questions(context, tenant.Value, filter.Customer?.Value, SearchText.Parse(filter.Text));
        return reader.AskedWithin(context, ByReading(ByAnswer(source, filter), filter), filter.From?.UtcTicks, filter.To?.UtcTicks);
    }

    private static IQueryable<QuestionEntry> ByReading(IQueryable<QuestionEntry> source, QuestionFilter filter)
    {
        if (filter.Intent is { Value: var intent })
        {
            source = source.Where(question => question.Intent == intent);
        }

        if (filter.MinConfidence is { } least)
        {
            source = source.Where(question => question.Confidence >= least);
        }

        if (filter.MaxConfidence is { } most)
        {
            source = source.Where(question => question.Confidence <= most);
        }

        return filter.Language is { } language ? source.Where(question => question.Language == language) : source;
    }

    private static IQueryable<QuestionEntry> ByAnswer(IQueryable<QuestionEntry> source, QuestionFilter filter)
    {
        if (filter.SourceKind is { } kind)
        {
            source = source.Where(question => question.SourceKind == kind);
        }

        if (filter.SourceId is { } id)
        {
            source = source.Where(question => question.SourceId == id);
        }

        if (filter.Unanswered is { } unanswered)
        {
            // Written out, not "== unanswered": only then the partial index applies.
            source = unanswered ? source.Where(question => question.IsUnanswered) : source.Where(question => !question.IsUnanswered);
        }

        if (filter.Reason is { } reason)
        {
            source = source.Where(question => question.Reason == (int)reason);
        }

        source = filter.Foreseen switch
        {
            null => source,
            0 => source.Where(question => question.Foreseen == 0),
            1 => source.Where(question => question.Foreseen == 1),
            _ => source.Where(question => question.Foreseen > 0),
        };
        return filter.Outcome is { } outcome ? source.Where(question => question.Outcome == (int)outcome) : source;
    }

    private static IQueryable<ScoredQuestion> WithScore(ReadModelContext context, IQueryable<QuestionEntry> questions) =>
        questions.Select(question => new ScoredQuestion(
            question,
            context.Conversations
                .Where(conversation => conversation.Tenant == question.Tenant && conversation.Id == question.Conversation)
                .Select(conversation => conversation.Score)
                .FirstOrDefault()));

    private static LoggedQuestion Logged(ScoredQuestion row)
    {
        var question = row.Question;
        return new(
            new(question.Conversation), question.Number, new(question.Customer), new(question.At, TimeSpan.Zero), question.Text, question.Language,
            new(question.Intent), question.Confidence, question.OutOfScope, question.Model, (QuestionOutcome)question.Outcome, question.Answer,
            question.SourceKind, question.SourceId, question.SourceVersion, question.AnswerConfidence,
            (Domain.Conversations.HandOffReason?)question.Reason, question.Helpful, row.Score);
    }

    private sealed record ScoredQuestion(QuestionEntry Question, int? Score);
}
