using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Knowledge;

/// <summary>What a Q&amp;A item says.</summary>
/// <param name="Question">Canonical question, 1 to 500 characters.</param>
/// <param name="Variants">Other ways to ask, at most 50 of 500 characters.</param>
/// <param name="Answer">1 to 4,000 characters; may hold placeholders such as {order.number} (see <see cref="Placeholders"/>).</param>
/// <param name="Locale">"ko", "zh" or "en" (BCP 47 language).</param>
/// <param name="ValidFrom">Not used before; null is always.</param>
/// <param name="ValidTo">Not used after; null is for ever.</param>
public sealed record ItemContent(
    IntentId? Intent,
    string Question,
    ImmutableArray<string> Variants,
    string Answer,
    string Locale,
    ImmutableArray<AnswerAction> Actions,
    DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null);

/// <summary>One version of an item. <paramref name="Retired"/> versions answer nothing.</summary>
public sealed record ItemVersion(int Version, ItemContent Content, string Author, DateTimeOffset At, bool Retired = false, string? Release = null);

/// <summary>An item with its versions, oldest first, at most the last 20; the last one is live.</summary>
public sealed record Item(ItemId Id, ImmutableArray<ItemVersion> Versions)
{
    public ItemVersion Live => Versions[^1];
}

public enum CandidateOrigin
{
    Unanswered, Downvoted, Corrected, Manual,

    /// <summary>The bot could not answer; a person did.</summary>
    PersonAnswered,
}

public enum CandidateStatus
{
    Waiting, Confirmed, Dismissed, Released,
}

/// <summary>A question that should get a (better) answer, awaiting a person.</summary>
/// <param name="Examples">Logged questions behind it, at most 20.</param>
/// <param name="Count">How many logged questions it stands for.</param>
/// <param name="Replaces">The item it would change; null makes a new one.</param>
/// <param name="Content">The answer a person wrote or confirmed; null until then. Only confirmed candidates enter a release.</param>
public sealed record Candidate(
    string Id, string Question, ImmutableArray<string> Examples, int Count, CandidateOrigin Origin,
    CandidateStatus Status, ItemId? Replaces, ItemContent? Content, string? Author, DateTimeOffset At)
{
    /// <summary>What a person answered in a chat, offered as the answer; null when nobody did. It answers nothing until confirmed.</summary>
    public string? Suggested { get; init; }
}

public enum ReleaseStatus
{
    Built, Replayed, Approved, Live, RolledBack, Discarded,
}

/// <summary>One logged question whose answer would change.</summary>
/// <param name="Gain">Answered after, not before.</param>
/// <param name="Loss">Answered before, not after.</param>
public sealed record ReplayChange(string Question, string Locale, string? Before, string? After, double ConfidenceBefore, double ConfidenceAfter, bool Gain, bool Loss);

/// <summary>What a release would have done to the last days' questions.</summary>
/// <param name="Changes">At most 500 examples; the counts are of all.</param>
public sealed record ReplayReport(int Days, int Questions, int Changed, int Gains, int Losses, ImmutableArray<ReplayChange> Changes, DateTimeOffset At);

/// <summary>A set of confirmed candidates that goes live, and back, together.</summary>
/// <param name="Undo">Item id and the version that was live before; 0 when the item is new.</param>
public sealed record Release(
    string Id, string? Note, ImmutableArray<string> Candidates, ReleaseStatus Status, ReplayReport? Replay,
    string Author, string? ApprovedBy, DateTimeOffset At, ImmutableArray<ReleasedItem> Undo);

public sealed record ReleasedItem(ItemId Item, int VersionBefore);

/// <summary>One item of an import.</summary>
public sealed record ImportedItem(ItemId Id, ItemContent Content);

/// <summary>Commands to a tenant's knowledge. Key: "qna".</summary>
public abstract record KnowledgeCommand(DateTimeOffset At)
{
    /// <summary>Creates or changes an item; live at once. The same content again changes nothing.</summary>
    /// <param name="ExpectedVersion">Refused when another version is live; null skips the check.</param>
    public sealed record SaveItem(ItemId Item, ItemContent Content, string Author, int? ExpectedVersion, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record RetireItem(ItemId Item, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    /// <summary>All or nothing. Items equal to the live version change nothing.</summary>
    public sealed record Import(ImmutableArray<ImportedItem> Items, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    /// <summary>Proposes a candidate; a known id only raises its count and examples.</summary>
    public sealed record Propose(string Candidate, string Question, ImmutableArray<string> Examples, int Count, CandidateOrigin Origin, ItemId? Replaces, DateTimeOffset At) : KnowledgeCommand(At)
    {
        /// <summary>A person's words offered as the answer; cut to 4,000 characters.</summary>
        public string? Suggested { get; init; }
    }

    /// <summary>A person writes or confirms the answer.</summary>
    public sealed record Confirm(string Candidate, ItemContent Content, ItemId? Replaces, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record Dismiss(string Candidate, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    /// <summary>Builds a release from confirmed candidates; the ids of new items are made here: "{release}-{n}".</summary>
    public sealed record BuildRelease(string Release, ImmutableArray<string> Candidates, string? Note, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record NoteReplay(string Release, ReplayReport Report, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record Approve(string Release, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record GoLive(string Release, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record RollBack(string Release, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    public sealed record Discard(string Release, string Author, DateTimeOffset At) : KnowledgeCommand(At);

    /// <summary>Negative or positive feedback on a version of an item counts in retrieval.</summary>
    public sealed record NoteFeedback(string OperationId, ItemId Item, bool Helpful, DateTimeOffset At) : KnowledgeCommand(At)
    {
        /// <summary>Hashes of the question's words; empty when it is not known.</summary>
        public ImmutableArray<int> Question { get; init; } = [];

        /// <summary>Signs of the item for that question, in the order of <see cref="AnswerRanking.Signs"/>; empty when they are not known.</summary>
        public ImmutableArray<double> Signs { get; init; } = [];
    }

    /// <summary>Sets synonyms and names of products; live at once. The same again changes nothing.</summary>
    public sealed record SetVocabulary(Vocabulary Vocabulary, string Author, DateTimeOffset At) : KnowledgeCommand(At);
}

public abstract record KnowledgeEvent(DateTimeOffset At)
{
    public sealed record ItemSaved(ItemId Item, int Version, ItemContent Content, string Author, string? Release, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record ItemRetired(ItemId Item, int Version, string Author, string? Release, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record CandidateProposed(string Candidate, string Question, ImmutableArray<string> Examples, int Count, CandidateOrigin Origin, ItemId? Replaces, DateTimeOffset At) : KnowledgeEvent(At)
    {
        public string? Suggested { get; init; }
    }

    public sealed record CandidateConfirmed(string Candidate, ItemContent Content, ItemId? Replaces, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record CandidateDismissed(string Candidate, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record ReleaseBuilt(string Release, ImmutableArray<string> Candidates, string? Note, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record ReleaseReplayed(string Release, ReplayReport Report, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record ReleaseApproved(string Release, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    /// <summary>Followed, in the same append, by the ItemSaved events of its items.</summary>
    public sealed record ReleaseWentLive(string Release, ImmutableArray<ReleasedItem> Undo, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    /// <summary>Followed, in the same append, by the events that bring the former versions back.</summary>
    public sealed record ReleaseRolledBack(string Release, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record ReleaseDiscarded(string Release, string Author, DateTimeOffset At) : KnowledgeEvent(At);

    public sealed record FeedbackNoted(string OperationId, ItemId Item, bool Helpful, DateTimeOffset At) : KnowledgeEvent(At)
    {
        public ImmutableArray<int> Question { get; init; } = [];

        public ImmutableArray<double> Signs { get; init; } = [];
    }

    public sealed record VocabularySet(Vocabulary Vocabulary, string Author, DateTimeOffset At) : KnowledgeEvent(At);
}

public enum KnowledgeRefusal
{
    ItemNotFound,
    CandidateNotFound,
    ReleaseNotFound,

    /// <summary>Another version went live meanwhile; read it and try again.</summary>
    VersionConflict,

    /// <summary>A question, variant, answer or locale is missing, too long, or holds an unknown placeholder.</summary>
    BadContent,

    /// <summary>A synonym or a product's name is missing or too long, or there are too many.</summary>
    BadVocabulary,

    /// <summary>50,000 items is the most a tenant can have.</summary>
    TooManyItems,

    /// <summary>A candidate of the release has no answer confirmed by a person.</summary>
    NotConfirmed,

    /// <summary>The release has not been replayed over logged questions.</summary>
    NotReplayed,

    /// <summary>The release has not been approved.</summary>
    NotApproved,

    /// <summary>The release is not live, or a later change stands on it.</summary>
    NotLive,

    /// <summary>The candidate or release is past the state this needs.</summary>
    AlreadyDecided,
}

/// <summary>A tenant's questions and answers.</summary>
/// <param name="Candidates">At most 5,000; the oldest decided ones are dropped first.</param>
/// <param name="Releases">At most 200, newest last.</param>
/// <param name="Downvotes">Per item: not helpful minus helpful, never under 0.</param>
public sealed record KnowledgeState(
    ImmutableDictionary<string, Item> Items,
    ImmutableDictionary<string, Candidate> Candidates,
    ImmutableArray<Release> Releases,
    ImmutableDictionary<string, int> Downvotes,
    ImmutableArray<string> Operations)
{
    public const int MaxItems = 50_000;

    /// <summary>Per item: the last 16 votes on its live version.</summary>
    public ImmutableDictionary<string, ImmutableArray<AnswerVote>> Votes { get; init; } = ImmutableDictionary<string, ImmutableArray<AnswerVote>>.Empty;

    /// <summary>What votes taught of all items.</summary>
    public AnswerRanking Ranking { get; init; } = AnswerRanking.Shipped;

    public Vocabulary Vocabulary { get; init; } = Vocabulary.Empty;

    public static KnowledgeState Empty { get; } = new(
        ImmutableDictionary<string, Item>.Empty, ImmutableDictionary<string, Candidate>.Empty, [],
        ImmutableDictionary<string, int>.Empty, []);
}
