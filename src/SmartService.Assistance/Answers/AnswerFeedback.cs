using SmartService.Assistance.Anticipation;
using SmartService.Domain;
using SmartService.Domain.Knowledge;
using SmartService.Engine;

namespace SmartService.Assistance.Answers;

/// <summary>Journals what shoppers and staff show of an item as the answer to one question, with all that the tenant's ranking learns from it.</summary>
internal sealed class AnswerFeedback(KnowledgeIndexes indexes, QuestionReader reader, IKnowledge knowledge, AnswerDesk desk, TimeProvider time)
{
    /// <param name="operation">The same for the same event, so that handling it again changes nothing.</param>
    /// <param name="question">In the shopper's words; null or empty when it is not known: then only the item's count changes.</param>
    public async ValueTask NoteAsync(TenantId tenant, string operation, string item, bool helpful, string? question, CancellationToken ct)
    {
        var note = new KnowledgeCommand.NoteFeedback(operation, new(item), helpful, time.GetUtcNow());
        if (!string.IsNullOrWhiteSpace(question))
        {
            var view = await indexes.ForAsync(tenant, ct);
            var query = RetrievalQuery.Of(question, await reader.ReadAsync(tenant, question, ct), view, time.GetUtcNow());
            var signs = view.Index.Find(item) is { } known ? view.Index.In(known.Content.Locale, known.Content.Locale)?.SignsOf(query, item) : null;
            note = note with { Question = [.. Terms.Folded(query.Terms)], Signs = [.. signs ?? []] };
        }

        await knowledge.TellAsync(KnowledgeIndexes.KeyOf(tenant), note, time, ct);
    }

    /// <summary>A person gave the right answer to a question: whatever other item the bot would have answered with was a wrong one.</summary>
    /// <param name="right">The item the person's answer replaces; null when it is a new one.</param>
    public async ValueTask CorrectAsync(TenantId tenant, string operation, string question, string locale, ItemId? right, CancellationToken ct)
    {
        var context = await desk.ContextAsync(tenant, null, locale, ct);
        var query = RetrievalQuery.Of(question, await reader.ReadAsync(tenant, question, ct), context.Knowledge, context.Now);
        var wrong = context.Knowledge.Index.In(context.Language, context.Profile.Locale)?.Search(query, 1) ?? [];
        if (wrong is [{ } best] && best.Confidence >= context.Policy.Bot.AnswerFrom && best.Item.Id != right)
        {
            await NoteAsync(tenant, operation, best.Item.Id.Value, helpful: false, question, ct);
        }
    }
}
