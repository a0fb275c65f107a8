using System.Collections.Immutable;

namespace SmartService.Domain.Learning;

/// <summary>A person's word on what a logged question meant. The question itself stays in its conversation.</summary>
public sealed record TaughtIntent(ConversationId Conversation, int Number, IntentId Intent, string Author, DateTimeOffset At);

public enum LearningVerdict
{
    /// <summary>Better beyond chance: it answers now.</summary>
    WentLive,

    /// <summary>Not better beyond chance; the former one stays.</summary>
    NotBetter,

    /// <summary>Too few questions with a confirmed right intent to judge by; nothing was trained.</summary>
    TooFewConfirmed,

    /// <summary>Better on confirmed questions, but it reads too many others differently.</summary>
    TooMuchChange,

    /// <summary>Another model went live, or was rolled back, while this one was trained.</summary>
    Overtaken,
}

/// <summary>How many lessons of one kind a model was trained on.</summary>
/// <param name="Kind">"taught", "helpful", "chosen", "reviewed", "person_answered", "written", "downvoted", "handed_off", "asked_else".</param>
public sealed record LessonCount(string Kind, int Count);

/// <summary>One held-back question that the new model reads differently. Its text is looked up, never copied.</summary>
public sealed record LearningChange(ConversationId Conversation, int Number, IntentId Right, IntentId Before, IntentId After);

/// <summary>What one training of a tenant's own model led to.</summary>
/// <param name="Run">Id of the training.</param>
/// <param name="SplitAt">Lessons before it were learned from, confirmed questions from it on were held back.</param>
/// <param name="HeldBack">Confirmed questions judged by; <paramref name="RightBefore"/> and <paramref name="RightAfter"/> count those read right.</param>
/// <param name="Mended">Wrong before, right after. <paramref name="Broken"/>: the reverse.</param>
/// <param name="Chance">Probability that as good a result is luck: exact one-sided McNemar test.</param>
/// <param name="Replayed">Recent logged questions that nobody confirmed, read by both; <paramref name="Changed"/> of them differently.</param>
/// <param name="Before">Hash of the tenant's own model that was live; null for the shipped one.</param>
/// <param name="Model">Hash of the trained model; null when nothing was trained.</param>
/// <param name="BaseModel">The shipped model under both.</param>
/// <param name="Changes">At most 100 examples, broken ones first.</param>
/// <param name="Why">The verdict in one sentence.</param>
public sealed record LearningReport(
    string Run, string Asker, DateTimeOffset At, DateTimeOffset? SplitAt, ImmutableArray<LessonCount> Lessons,
    int HeldBack, int RightBefore, int RightAfter, int Mended, int Broken, double Chance, int Replayed, int Changed,
    string? Before, string? Model, string BaseModel, ImmutableArray<LearningChange> Changes, LearningVerdict Verdict, string Why,
    TimeSpan Took);

/// <summary>Commands to what a tenant learns. Key: "learning".</summary>
public abstract record LearningCommand(DateTimeOffset At)
{
    /// <summary>A person says what a question meant; a later word on the same question replaces it.</summary>
    public sealed record Teach(TaughtIntent Taught, DateTimeOffset At) : LearningCommand(At);

    /// <summary>Keeps a report. When its verdict is to go live, its model does, unless <paramref name="ExpectedLive"/> is not live any more.</summary>
    public sealed record NoteRun(LearningReport Report, string? ExpectedLive, DateTimeOffset At) : LearningCommand(At);

    /// <summary>Brings back what was live before.</summary>
    public sealed record RollBack(string Author, DateTimeOffset At) : LearningCommand(At);

    /// <summary>Forgets models, reports and all that was taught.</summary>
    public sealed record Forget(string Author, DateTimeOffset At) : LearningCommand(At);
}

public abstract record LearningEvent(DateTimeOffset At)
{
    public sealed record IntentTaught(TaughtIntent Taught, DateTimeOffset At) : LearningEvent(At);

    public sealed record RunNoted(LearningReport Report, DateTimeOffset At) : LearningEvent(At);

    /// <param name="Before">Null: the shipped model.</param>
    public sealed record ModelWentLive(string Model, string? Before, string Run, DateTimeOffset At) : LearningEvent(At);

    /// <param name="Model">What is live now; null for the shipped model.</param>
    public sealed record ModelRolledBack(string From, string? Model, string Author, DateTimeOffset At) : LearningEvent(At);

    public sealed record Forgotten(string Author, DateTimeOffset At) : LearningEvent(At);
}

public enum LearningRefusal
{
    /// <summary>The shipped model is live; there is nothing before it.</summary>
    NothingToRollBack,

    /// <summary>Not the form of an intent: "order.delay".</summary>
    BadIntent,

    /// <summary>No such question is logged.</summary>
    QuestionNotFound,

    /// <summary>As many trainings wait as may.</summary>
    TooManyRuns,
}

/// <summary>What a tenant has taught, and which model of its own is live.</summary>
/// <param name="Taught">By "conversation#number"; at most 20,000, the oldest leave first.</param>
/// <param name="Reports">At most 50, newest last.</param>
/// <param name="Live">Hash of the live model; null for the shipped one.</param>
/// <param name="Former">Hashes of what was live before, newest last; "" is the shipped one. At most 3.</param>
public sealed record LearningState(
    ImmutableDictionary<string, TaughtIntent> Taught, ImmutableArray<LearningReport> Reports, string? Live, ImmutableArray<string> Former)
{
    public const int MaxTaught = 20_000;
    public const int MaxReports = 50;
    public const int MaxFormer = 3;

    public static LearningState Empty { get; } = new(ImmutableDictionary<string, TaughtIntent>.Empty, [], null, []);

    public static string KeyOf(ConversationId conversation, int number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{conversation.Value}#{number}");
}
