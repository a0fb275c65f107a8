using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Counts what shoppers say of answers on the items they came from, in chats and in popups.</summary>
internal sealed class FeedbackFollower(IConversations conversations, HelpArchive archive, IKnowledge knowledge, TimeProvider time) : IJournalFollower
{
    public string Name => "feedback";

    public async ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        foreach (var e in events)
        {
            var (source, helpful) = await RatedAsync(e, ct);
            if (source is { Kind: "qna" })
            {
                // The position makes the operation the same one when the event is handled again.
                var note = new KnowledgeCommand.NoteFeedback($"{e.Region}-{e.Position}", new(source.Id), helpful, time.GetUtcNow());
                await knowledge.TellAsync(KnowledgeIndexes.KeyOf(e.Entity.Tenant), note, time, ct);
            }
        }
    }

    private async ValueTask<(AnswerSource? Source, bool Helpful)> RatedAsync(JournalledEvent e, CancellationToken ct)
    {
        switch (e.Event)
        {
            case ConversationEvent.AnswerRated rated:
                var state = await conversations.ReadAsync(e.Entity, ct);
                return (rated.Number <= state.Messages.Count ? state.Messages[rated.Number - 1].Source : null, rated.Helpful);
            case CustomerEvent.PopupReported { Outcome: PopupOutcome.Helpful or PopupOutcome.NotHelpful } reported:
                var offer = await archive.FindAsync(e.Entity.Tenant, new(e.Entity.Id), reported.Popup, ct);
                return (offer?.Sources.FirstOrDefault(source => source.Kind == "qna"), reported.Outcome == PopupOutcome.Helpful);
            default:
                return (null, false);
        }
    }
}
