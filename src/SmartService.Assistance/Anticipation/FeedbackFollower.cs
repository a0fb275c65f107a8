using System.Collections.Immutable;
using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Tells items what shoppers and staff showed of them as answers: ratings in chats and popups, choices when the bot asked back, corrections.</summary>
internal sealed class FeedbackFollower(IConversations conversations, HelpArchive archive, IKnowledge knowledge, AnswerFeedback feedback) : IJournalFollower
{
    public string Name => "feedback";

    public bool TakesLargeBatches => true;

    public bool Ignores(Type e) => e == typeof(CustomerEvent.Visited) || e == typeof(CustomerEvent.ForecastMade);

    public async ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        foreach (var e in events)
        {
            if (e.Event is KnowledgeEvent.CandidateConfirmed confirmed)
            {
                await CorrectedAsync(e.Entity, confirmed, OperationOf(e), ct);
                continue;
            }

            var shown = await ShownAsync(e, ct);
            foreach (var source in shown.Sources)
            {
                if (source.Kind == "qna")
                {
                    var operation = shown.Sources.Length == 1 ? OperationOf(e) : $"{OperationOf(e)}-{source.Id}";
                    await feedback.NoteAsync(e.Entity.Tenant, operation, source.Id, shown.Helpful, shown.Question, ct);
                }
            }
        }
    }

    /// <summary>The position makes the operation the same one when the event is handled again.</summary>
    private static string OperationOf(JournalledEvent e) => $"{e.Region}-{e.Position}";

    private async ValueTask CorrectedAsync(EntityKey entity, KnowledgeEvent.CandidateConfirmed confirmed, string operation, CancellationToken ct)
    {
        var state = await knowledge.ReadAsync(entity, ct);
        if (state.Candidates.GetValueOrDefault(confirmed.Candidate) is { Origin: CandidateOrigin.Corrected } candidate)
        {
            await feedback.CorrectAsync(entity.Tenant, operation, candidate.Question, confirmed.Content.Locale, confirmed.Replaces, ct);
        }
    }

    private async ValueTask<Shown> ShownAsync(JournalledEvent e, CancellationToken ct)
    {
        switch (e.Event)
        {
            case ConversationEvent.AnswerRated rated:
                return RatedIn(await conversations.ReadAsync(e.Entity, ct), rated);
            case ConversationEvent.BotAnswered { Replies: > 1 } answered:
                return ChosenIn(await conversations.ReadAsync(e.Entity, ct), answered);
            case CustomerEvent.PopupReported { Outcome: PopupOutcome.Helpful or PopupOutcome.NotHelpful } reported:
                var offer = await archive.FindAsync(e.Entity.Tenant, new(e.Entity.Id), reported.Popup, ct);
                return new([.. offer?.Sources.Where(source => source.Kind == "qna").Take(1) ?? []], reported.Outcome == PopupOutcome.Helpful, null);
            default:
                return Shown.Nothing;
        }
    }

    private static Shown RatedIn(ConversationState state, ConversationEvent.AnswerRated rated)
    {
        if (rated.Number > state.Messages.Count || state.Messages[rated.Number - 1] is not { Source: { } source } answer)
        {
            return Shown.Nothing;
        }

        // Of an answer to several questions nobody knows which part disappointed.
        var sources = answer.Also.IsDefaultOrEmpty ? [source] : rated.Helpful ? answer.Also.Insert(0, source) : [];
        return new(sources, rated.Helpful, answer.Replies > 0 ? state.Messages[answer.Replies - 1].Text : null);
    }

    /// <summary>The bot asked back and the shopper chose what it led to: it was the answer to the question asked first.</summary>
    private static Shown ChosenIn(ConversationState state, ConversationEvent.BotAnswered answered)
    {
        var choice = state.Messages[answered.Replies - 1];
        var back = state.Messages[answered.Replies - 2];
        return back is { Author: MessageAuthor.Bot, Options.IsDefaultOrEmpty: false, Replies: > 0 } && back.Options.Any(option => option.Label == choice.Text)
            ? new([answered.Source], true, state.Messages[back.Replies - 1].Text)
            : Shown.Nothing;
    }

    private sealed record Shown(ImmutableArray<AnswerSource> Sources, bool Helpful, string? Question)
    {
        public static Shown Nothing { get; } = new([], false, null);
    }
}
