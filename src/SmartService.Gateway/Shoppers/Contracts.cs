using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Shoppers;

// What crosses the wire under /v1/shopper; docs/api.md explains every field. Requests have nullable fields: what is missing
// is reported together with what is wrong.
internal sealed record SessionRequest(string? Token, string? Jwt, string? Locale, string? Session);

internal sealed record StoreView(string Name, string Locale, string Currency);

/// <param name="Position">Where the journal stands: a stream opened after this position misses nothing that happens from now on.</param>
internal sealed record SessionAnswer(
    string Token, string Customer, bool Identified, DateTimeOffset ExpiresAt, string Locale, long Position, StoreView Store);

internal sealed record VisitRequest(
    string? Id, string? Session, DateTimeOffset? At, PageType? Page, string? Subject, double? DwellSeconds, decimal? Price, string? Referrer, PageError? Error);

internal sealed record VisitsRequest(IReadOnlyList<VisitRequest?>? Visits, string? Token);

internal sealed record Accepted(int Count)
{
    [System.Text.Json.Serialization.JsonPropertyName("accepted")]
    public int Count { get; } = Count;
}

internal sealed record SuggestionView(string Intent, string Label, int Rank);

internal sealed record SuggestionList(IReadOnlyList<SuggestionView> Suggestions);

internal sealed record ChosenRequest(string? OperationId, string? Intent, int? Rank);

internal sealed record PopupRequest(PopupOutcome? Outcome, string? Token);

internal sealed record ConversationSummary(string Id, ConversationMode Mode, bool Open, string? LastText, DateTimeOffset? LastAt, int Unread);

internal sealed record ConversationList(IReadOnlyList<ConversationSummary> Conversations);

internal sealed record OpenRequest(string? Locale, string? Popup, string? Channel);

internal sealed record ConversationView(
    string Id, string? Customer, ConversationMode Mode, string? Agent, bool Open, string Locale, int ReadByCustomer, int ReadByAgent, int? Score, IReadOnlyList<MessageView> Messages)
{
    /// <summary>For staff only, like the two below.</summary>
    public IReadOnlyList<NoteView>? Notes { get; init; }

    public AssigneeView? Assignee { get; init; }

    public IReadOnlyList<PresentView>? Present { get; init; }
}

internal sealed record ActionView(string Label, string? Url);

internal sealed record OptionView(string Intent, string Label);

internal sealed record SourceView(string Kind, string Id, long Version, string? Title);

internal sealed record MessageView(
    int Number, MessageAuthor Author, string Text, DateTimeOffset At, string? ClientId, string? Agent, int? Replies, string? Intent,
    double? Confidence, SourceView? Source, IReadOnlyList<ActionView> Actions, IReadOnlyList<OptionView> Options, bool? Helpful, HandOffReason? Reason)
{
    /// <summary>Sources of the further parts of an answer to more than one question; absent when there are none.</summary>
    public IReadOnlyList<SourceView>? Also { get; init; }

    /// <summary>How the shopper wants to be reached, with a question left to be answered later.</summary>
    public string? Contact { get; init; }
}

internal sealed record MessageRequest(string? ClientId, string? Text, string? Locale);

internal sealed record MessageAnswer(int Number, ConversationMode Mode, IReadOnlyList<MessageView> Replies)
{
    /// <summary>Set while answers are shorter than always.</summary>
    public PeakView? Peak { get; init; }
}

internal sealed record TypingRequest(bool? Typing);

internal sealed record ReadRequest(int? UpTo);

internal sealed record PersonRequest(string? OperationId);

internal sealed record HelpfulRequest(bool? Helpful);

internal sealed record ScoreRequest(int? Score, string? Comment);
