using System.Collections.Immutable;
using SmartService.Domain.Popups;

namespace SmartService.Domain.Conversations;

public enum ConversationMode
{
    Bot, Human,
}

public enum MessageAuthor
{
    Customer, Bot, Agent, System,
}

public enum HandOffReason
{
    /// <summary>The shopper asked for a person.</summary>
    Requested,

    /// <summary>Nothing the bot knows answers this.</summary>
    Unanswered,

    /// <summary>The only answer has been given before.</summary>
    SaidBefore,

    /// <summary>A complaint: a person should see it.</summary>
    Complaint,

    /// <summary>The shopper said the answer did not help.</summary>
    NotHelpful,

    /// <summary>The intent model failed; a person takes it.</summary>
    ModelFailed,

    /// <summary>The store's rules give such questions to a person.</summary>
    Rule,

    /// <summary>Too many shoppers at once: the question was left and is answered later.</summary>
    CallBack,
}

/// <summary>How sure the bot must be. Part of a tenant's policy.</summary>
/// <param name="AnswerFrom">Least confidence to answer, in [0, 1].</param>
/// <param name="ClarifyFrom">Least confidence to ask back instead of handing off, in [0, AnswerFrom].</param>
/// <param name="MaxClarifications">How often the bot asks back in a row before it hands off; 0 to 3.</param>
/// <param name="Autonomy">Off: the bot suggests to agents only and hands every question off.</param>
public sealed record BotPolicy(double AnswerFrom, double ClarifyFrom, int MaxClarifications, bool Autonomy)
{
    public static BotPolicy Default { get; } = new(0.5, 0.25, 1, true);
}

/// <summary>An answer the bot could give.</summary>
/// <param name="Confidence">In [0, 1].</param>
public sealed record CandidateAnswer(
    IntentId Intent, string Text, AnswerSource Source, double Confidence, ImmutableArray<AnswerAction> Actions)
{
    /// <summary>Sources of the further parts of an answer to more than one question.</summary>
    public ImmutableArray<AnswerSource> Also { get; init; } = [];
}

/// <summary>A choice offered when the bot asks back.</summary>
public sealed record ClarifyOption(IntentId Intent, string Label);

/// <summary>Fixed sentences in the shopper's language and the tenant's tone.</summary>
public sealed record BotPhrases(string Clarify, string HandOff, string HandOffRequested, string SaidBefore, string Complaint);

/// <summary>How a question was understood, kept with it for the Q&amp;A log.</summary>
public sealed record QuestionReading(IntentId Intent, double Confidence, double OutOfScope, string Language, string Model);

/// <summary>Commands to one conversation. The conversation id is the entity's key.</summary>
public abstract record ConversationCommand(DateTimeOffset At)
{
    /// <summary>Starts the chat. When it continues a popup, the popup's answer becomes the first bot message.</summary>
    public sealed record Open(CustomerId Customer, string Locale, string? Channel, HelpOffer? FromPopup, DateTimeOffset At) : ConversationCommand(At);

    /// <summary>A shopper's message with all the bot could say to it.</summary>
    /// <param name="ClientId">Made by the widget; the same id twice is one message.</param>
    /// <param name="Candidates">Best first; empty when nothing fits.</param>
    public sealed record Ask(
        string ClientId, string Text, QuestionReading Reading, ImmutableArray<CandidateAnswer> Candidates,
        ImmutableArray<ClarifyOption> Options, BotPhrases Phrases, BotPolicy Policy, DateTimeOffset At) : ConversationCommand(At)
    {
        public HandOffRules? Rules { get; init; }

        /// <summary>Opens the chat in the same step when there is none yet: the first question waits for one flush then, not for two.</summary>
        public Open? Opens { get; init; }
    }

    /// <summary>The shopper presses "talk to a person".</summary>
    public sealed record RequestPerson(string OperationId, BotPhrases Phrases, DateTimeOffset At) : ConversationCommand(At);

    /// <summary>The shopper does not wait in the line: the question is left for a person, to be answered later.</summary>
    /// <param name="ClientId">Of the question; when it was asked meanwhile, nothing is left.</param>
    /// <param name="Contact">How the shopper wants to be reached, in their own words; null for here.</param>
    public sealed record RequestCallBack(
        string OperationId, string ClientId, string Text, string? Contact, string Phrase, QuestionReading Reading, DateTimeOffset At) : ConversationCommand(At);

    public sealed record Join(string Agent, DateTimeOffset At) : ConversationCommand(At);

    public sealed record Reply(string ClientId, string Agent, string Text, DateTimeOffset At) : ConversationCommand(At);

    /// <summary>A person gives the chat back to the bot.</summary>
    public sealed record GiveBack(string Agent, DateTimeOffset At) : ConversationCommand(At);

    /// <param name="By">Customer or agent.</param>
    /// <param name="UpTo">Number of the last message seen; lower than known changes nothing.</param>
    public sealed record MarkRead(MessageAuthor By, int UpTo, DateTimeOffset At) : ConversationCommand(At);

    /// <summary>The shopper says whether a bot message helped.</summary>
    public sealed record RateAnswer(int Number, bool Helpful, DateTimeOffset At) : ConversationCommand(At);

    /// <param name="Score">1 to 5.</param>
    public sealed record RateConversation(int Score, string? Comment, DateTimeOffset At) : ConversationCommand(At);

    public sealed record Close(DateTimeOffset At) : ConversationCommand(At);

    /// <summary>For staff only; the same id twice is one note.</summary>
    public sealed record AddNote(string NoteId, string Author, string Text, DateTimeOffset At) : ConversationCommand(At);

    /// <param name="Member">Whose it is from now on; null for nobody's.</param>
    public sealed record Assign(string? Member, string? Name, string By, DateTimeOffset At) : ConversationCommand(At);

    /// <summary>Forgets what the person wrote; numbers and times stay.</summary>
    public sealed record Erase(DateTimeOffset At) : ConversationCommand(At);
}

/// <summary>What happened in a conversation. <c>Number</c> counts messages from 1 without gaps.</summary>
public abstract record ConversationEvent(DateTimeOffset At)
{
    public sealed record Opened(CustomerId Customer, string Locale, string? Channel, DateTimeOffset At) : ConversationEvent(At);

    public sealed record CustomerAsked(int Number, string ClientId, string Text, QuestionReading Reading, DateTimeOffset At) : ConversationEvent(At);

    /// <param name="Replies">Number of the message this answers; 0 when it continues a popup.</param>
    public sealed record BotAnswered(
        int Number, int Replies, IntentId Intent, string Text, AnswerSource Source, double Confidence,
        ImmutableArray<AnswerAction> Actions, DateTimeOffset At) : ConversationEvent(At)
    {
        /// <summary>Sources of the further parts of an answer to more than one question.</summary>
        public ImmutableArray<AnswerSource> Also { get; init; } = [];
    }

    public sealed record BotClarified(int Number, int Replies, string Text, ImmutableArray<ClarifyOption> Options, DateTimeOffset At) : ConversationEvent(At);

    /// <param name="Replies">Number of the message that led to it; 0 when the shopper pressed "talk to a person".</param>
    /// <param name="OperationId">Of the shopper's request, when it was one.</param>
    /// <param name="Contact">How the shopper wants to be reached, when they left a question to be answered later.</param>
    public sealed record HandedOff(
        int Number, int Replies, string Text, HandOffReason Reason, DateTimeOffset At, string? OperationId = null, string? Contact = null) : ConversationEvent(At);

    public sealed record AgentJoined(string Agent, DateTimeOffset At) : ConversationEvent(At);

    public sealed record AgentReplied(int Number, string ClientId, string Agent, string Text, DateTimeOffset At) : ConversationEvent(At);

    public sealed record GivenBack(string Agent, DateTimeOffset At) : ConversationEvent(At);

    public sealed record Read(MessageAuthor By, int UpTo, DateTimeOffset At) : ConversationEvent(At);

    public sealed record AnswerRated(int Number, bool Helpful, DateTimeOffset At) : ConversationEvent(At);

    public sealed record ConversationRated(int Score, string? Comment, DateTimeOffset At) : ConversationEvent(At);

    public sealed record Closed(DateTimeOffset At) : ConversationEvent(At);

    public sealed record NoteAdded(string NoteId, string Author, string Text, DateTimeOffset At) : ConversationEvent(At);

    public sealed record Assigned(string? Member, string? Name, string By, DateTimeOffset At) : ConversationEvent(At);

    public sealed record Erased(DateTimeOffset At) : ConversationEvent(At);
}

public enum ConversationRefusal
{
    /// <summary>No such conversation.</summary>
    NotFound,

    /// <summary>The id is taken by another customer's conversation.</summary>
    BelongsToAnother,

    /// <summary>The conversation is closed; open a new one.</summary>
    Closed,

    /// <summary>2,000 messages: open a new one.</summary>
    Full,

    /// <summary>Nothing but white space.</summary>
    EmptyText,

    /// <summary>Over 4,000 characters.</summary>
    TextTooLong,

    /// <summary>No bot message has that number.</summary>
    NoSuchAnswer,

    /// <summary>A score is 1 to 5.</summary>
    BadScore,

    /// <summary>No person holds this conversation.</summary>
    NotHandedOff,

    /// <summary>200 notes are the most.</summary>
    TooManyNotes,
}

/// <summary>What staff noted for themselves; shoppers never see it.</summary>
public sealed record ConversationNote(string Id, string Author, string Text, DateTimeOffset At);

/// <summary>Whose conversation it is.</summary>
public sealed record Assignee(string Id, string Name);

/// <summary>A message as the conversation keeps it.</summary>
public sealed record Message(
    int Number, MessageAuthor Author, string Text, DateTimeOffset At, string? ClientId = null, string? Agent = null,
    AnswerSource? Source = null, double? Confidence = null, IntentId? Intent = null, int Replies = 0,
    ImmutableArray<AnswerAction> Actions = default, ImmutableArray<ClarifyOption> Options = default, bool? Helpful = null,
    HandOffReason? Reason = null)
{
    /// <summary>Sources of the further parts of an answer to more than one question.</summary>
    public ImmutableArray<AnswerSource> Also { get; init; } = [];

    /// <summary>How the shopper wants to be reached, with a question left to be answered later.</summary>
    public string? Contact { get; init; }
}

/// <summary>One conversation. <see cref="Customer"/> null means it does not exist yet.</summary>
/// <param name="Messages">All messages, oldest first, at most 2,000.</param>
/// <param name="Topic">Intent of the last understood question.</param>
/// <param name="Clarifications">How often in a row the bot asked back.</param>
public sealed record ConversationState(
    CustomerId? Customer,
    string Locale,
    string? Channel,
    ConversationMode Mode,
    string? Agent,
    ImmutableList<Message> Messages,
    IntentId? Topic,
    int Clarifications,
    int ReadByCustomer,
    int ReadByAgent,
    int? Score,
    bool IsClosed,
    bool IsErased,
    ImmutableArray<string> Operations)
{
    public const int MaxMessages = 2_000;
    public const int MaxTextLength = 4_000;
    public const int MaxContactLength = 200;
    public const int MaxNotes = 200;

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ConversationNote> Notes { get; init; } = [];

    public Assignee? Assignee { get; init; }

    /// <summary>What the shopper wrote beside the score.</summary>
    public string? ScoreComment { get; init; }

    /// <summary>One mark per message, at the same place, by which a resent message or a repeated answer is found fast.</summary>
    public ImmutableArray<int> Marks { get; init; } = [];

    public static ConversationState Absent { get; } = new(
        null, "en", null, ConversationMode.Bot, null, [], null, 0, 0, 0, null, false, false, []);

    /// <summary>Number of the message that was sent under this id; 0 when there is none.</summary>
    public int NumberOf(string clientId) => Transcript.NumberOf(this, clientId);
}
