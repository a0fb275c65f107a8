using System.Collections.Immutable;
using static SmartService.Domain.Knowledge.KnowledgeCommand;
using static SmartService.Domain.Knowledge.KnowledgeEvent;
using Decision = SmartService.Domain.Decision<
    SmartService.Domain.Knowledge.KnowledgeEvent, SmartService.Domain.Knowledge.KnowledgeRefusal>;

namespace SmartService.Domain.Knowledge;

/// <summary>Rules for a tenant's questions and answers: items and their versions, candidates a person reviews, releases that
/// go live and back as one.</summary>
public sealed partial class KnowledgeDecider : IDecider<KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>
{
    private KnowledgeDecider()
    {
    }

    public static KnowledgeState Initial => KnowledgeState.Empty;

    public static Decision Decide(KnowledgeState state, KnowledgeCommand command) => command switch
    {
        SaveItem c => DecideSave(state, c),
        RetireItem c => DecideRetirement(state, c),
        Import c => DecideImport(state, c),
        NoteFeedback c => DecideFeedback(state, c),
        SetVocabulary c => DecideVocabulary(state, c),
        Propose c => DecideProposal(state, c),
        Confirm c => DecideConfirmation(state, c),
        Dismiss c => DecideDismissal(state, c),
        BuildRelease c => DecideRelease(state, c),
        NoteReplay c => DecideReplay(state, c),
        Approve c => DecideApproval(state, c),
        GoLive c => DecideGoLive(state, c),
        RollBack c => DecideRollBack(state, c),
        Discard c => DecideDiscard(state, c),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    private static Decision DecideSave(KnowledgeState state, SaveItem c)
    {
        var content = ContentRules.Whole(c.Content);
        var live = Live(state, c.Item);
        if (live is not null && Says(live, content))
        {
            return Decision.Unchanged;
        }

        if (live is null && c.ExpectedVersion > 0)
        {
            return KnowledgeRefusal.ItemNotFound;
        }

        if (c.ExpectedVersion is { } expected && expected != (live?.Version ?? 0))
        {
            return KnowledgeRefusal.VersionConflict;
        }

        if (!ContentRules.IsItemId(c.Item.Value) || !ContentRules.Check(content).IsEmpty)
        {
            return KnowledgeRefusal.BadContent;
        }

        if (live is null && state.Items.Count >= KnowledgeState.MaxItems)
        {
            return KnowledgeRefusal.TooManyItems;
        }

        return new ItemSaved(c.Item, (live?.Version ?? 0) + 1, content, c.Author, null, c.At);
    }

    private static Decision DecideRetirement(KnowledgeState state, RetireItem c) => Live(state, c.Item) switch
    {
        null => KnowledgeRefusal.ItemNotFound,
        { Retired: true } => Decision.Unchanged,
        var live => new ItemRetired(c.Item, live.Version + 1, c.Author, null, c.At),
    };

    private static Decision DecideImport(KnowledgeState state, Import c)
    {
        var events = ImmutableArray.CreateBuilder<KnowledgeEvent>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var created = 0;
        foreach (var item in c.Items.OrEmpty())
        {
            var content = ContentRules.Whole(item.Content);
            if (!ContentRules.IsItemId(item.Id.Value) || !ids.Add(item.Id.Value) || !ContentRules.Check(content).IsEmpty)
            {
                return KnowledgeRefusal.BadContent; // All or nothing; who imports checks line by line first.
            }

            var live = Live(state, item.Id);
            created += live is null ? 1 : 0;
            if (live is null || !Says(live, content))
            {
                events.Add(new ItemSaved(item.Id, (live?.Version ?? 0) + 1, content, c.Author, null, c.At));
            }
        }

        return state.Items.Count + created > KnowledgeState.MaxItems ? KnowledgeRefusal.TooManyItems : events.DrainToImmutable();
    }

    private static Decision DecideFeedback(KnowledgeState state, NoteFeedback c)
    {
        if (state.Operations.Contains(c.OperationId))
        {
            return Decision.Unchanged;
        }

        return Live(state, c.Item) is null
            ? KnowledgeRefusal.ItemNotFound
            : new FeedbackNoted(c.OperationId, c.Item, c.Helpful, c.At)
            {
                Question = [.. c.Question.OrEmpty().Take(AnswerVoteWords)], Signs = c.Signs.OrEmpty(),
            };
    }

    private static Decision DecideVocabulary(KnowledgeState state, SetVocabulary c)
    {
        if (!Vocabulary.Check(c.Vocabulary).IsEmpty)
        {
            return KnowledgeRefusal.BadVocabulary;
        }

        var vocabulary = Vocabulary.Whole(c.Vocabulary);
        return Vocabulary.Same(state.Vocabulary, vocabulary) ? Decision.Unchanged : new VocabularySet(vocabulary, c.Author, c.At);
    }

    private static ItemVersion? Live(KnowledgeState state, ItemId id) =>
        id.Value is { } key && state.Items.TryGetValue(key, out var item) ? item.Live : null;

    private static bool Says(ItemVersion live, ItemContent content) => !live.Retired && ContentRules.Same(live.Content, content);
}
