using SmartService.Assistance;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;
using SmartService.Engine.Queries;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Staff;

// What crosses the wire between support staff (or a shop's servers) and us; docs/api.md explains every field.
internal sealed record ActionRequest(string? Label, string? Url);

internal sealed record ItemRequest(
    string? Intent, string? Question, IReadOnlyList<string>? Variants, string? Answer, string? Locale, IReadOnlyList<ActionRequest?>? Actions,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, int? ExpectedVersion, string? Author);

internal sealed record ContentView(
    string? Intent, string Question, IReadOnlyList<string> Variants, string Answer, string Locale, IReadOnlyList<ActionView> Actions,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo);

internal sealed record VersionView(int Version, ContentView Content, string Author, DateTimeOffset At, bool Retired, string? Release);

/// <param name="Versions">All kept versions, oldest first; absent from lists.</param>
internal sealed record ItemView(
    string Id, int Version, bool Retired, string? Intent, string Question, IReadOnlyList<string> Variants, string Answer, string Locale,
    IReadOnlyList<ActionView> Actions, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, string Author, DateTimeOffset At, int Downvotes,
    IReadOnlyList<VersionView>? Versions);

internal sealed record ItemList(IReadOnlyList<ItemView> Items, string? Next, int Total);

internal sealed record ImportAnswer(int Items, int Changed, bool DryRun);

internal sealed record ProductNamesRequest(string? Id, IReadOnlyList<string?>? Names);

internal sealed record VocabularyRequest(IReadOnlyList<IReadOnlyList<string?>?>? Groups, IReadOnlyList<ProductNamesRequest?>? Products, string? Author);

internal sealed record ProductNamesView(string Id, IReadOnlyList<string> Names);

internal sealed record VocabularyView(IReadOnlyList<IReadOnlyList<string>> Groups, IReadOnlyList<ProductNamesView> Products);

internal sealed record RehearseRequest(string? Text, string? Locale, string? Customer);

internal sealed record IntentView(string Intent, double Probability);

internal sealed record AnswerView(string Intent, string Text, SourceView Source, double Confidence, IReadOnlyList<ActionView> Actions);

internal sealed record RehearseAnswer(
    string Intent, double Confidence, double OutOfScope, string Language, string Model, IReadOnlyList<IntentView> Intents,
    IReadOnlyList<AnswerView> Candidates, QuestionAction Action, string Text);

internal sealed record CandidateRequest(
    string? Intent, string? Question, IReadOnlyList<string>? Variants, string? Answer, string? Locale, IReadOnlyList<ActionRequest?>? Actions,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, string? Replaces, string? Author);

internal sealed record CandidateProposal(string? Id, string? Question, string? Replaces);

internal sealed record CandidateView(
    string Id, string Question, IReadOnlyList<string> Examples, int Count, CandidateOrigin Origin, CandidateStatus Status, string? Replaces,
    ContentView? Content, string? Author, DateTimeOffset At, string? Suggested);

internal sealed record CandidateList(IReadOnlyList<CandidateView> Candidates);

internal sealed record CollectAnswer(int Proposed);

internal sealed record ReleaseRequest(string? Release, IReadOnlyList<string>? Candidates, string? Note, string? Author);

internal sealed record ChangeView(
    string Question, string Locale, string? Before, string? After, double ConfidenceBefore, double ConfidenceAfter, bool Gain, bool Loss);

internal sealed record ReplayView(int Days, int Questions, int Changed, int Gains, int Losses, IReadOnlyList<ChangeView> Changes, DateTimeOffset At);

internal sealed record ReleaseView(
    string Id, string? Note, IReadOnlyList<string> Candidates, ReleaseStatus Status, ReplayView? Replay, string Author, string? ApprovedBy, DateTimeOffset At);

internal sealed record ReleaseList(IReadOnlyList<ReleaseView> Releases);

internal sealed record QuestionView(
    string Conversation, int Number, string Customer, DateTimeOffset At, string Text, string Language, string Intent, double Confidence,
    double OutOfScope, string Model, QuestionOutcome Outcome, string? Answer, SourceView? Source, double? AnswerConfidence, HandOffReason? Reason,
    bool? Helpful, int? Score);

internal sealed record QuestionList(IReadOnlyList<QuestionView> Questions, string? Next);

internal sealed record ClusterView(string Id, string Question, int Count, IReadOnlyList<string> Examples, string Intent, string Language, DateTimeOffset LastAt);

internal sealed record ClusterList(IReadOnlyList<ClusterView> Clusters);

internal sealed record CorrectionRequest(
    string? Intent, string? Question, IReadOnlyList<string>? Variants, string? Answer, string? Locale, IReadOnlyList<ActionRequest?>? Actions,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, string? Replaces, string? Author);

internal sealed record CorrectionAnswer(string Candidate);

internal sealed record VisitView(
    string Id, string Session, DateTimeOffset At, PageType Page, string? Subject, int DwellSeconds, decimal? Price, string? Referrer, PageError? Error);

internal sealed record OrderSummaryView(string Number, DateTimeOffset PlacedAt, decimal Total, string Currency, bool Late, bool LooksLost, bool Cancelled);

internal sealed record PopupView(string Id, string Topic, string? Order, DateTimeOffset At, PopupOutcome Outcome, bool Withheld);

internal sealed record CustomerView(
    string Id, string? Name, CustomerTier Tier, string? Locale, bool Identified, bool Erased, DateTimeOffset? FirstSeen, IReadOnlyList<VisitView> Visits,
    IReadOnlyList<OrderSummaryView> Orders, int OlderOrders, IReadOnlyList<string> OpenConversations, IReadOnlyList<PopupView> Popups,
    IReadOnlyList<string> ClosedTopics, IReadOnlyList<IntentView> Forecast, string? ForecastOrder, string? ForecastProduct);

internal sealed record CustomerSummary(
    string Id, string? Name, CustomerTier Tier, string? Locale, bool Identified, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Orders, int Conversations);

internal sealed record CustomerList(IReadOnlyList<CustomerSummary> Customers, string? Next);

internal sealed record TimelineView(long Position, DateTimeOffset At, string Kind, string Entity, string Text, System.Text.Json.JsonElement Data);

internal sealed record TimelineList(IReadOnlyList<TimelineView> Entries, string? Next);

internal sealed record StaffConversationSummary(
    string Id, string Customer, string? CustomerName, string Locale, ConversationMode Mode, string? Agent, bool Open, int Messages, string? LastText,
    DateTimeOffset OpenedAt, DateTimeOffset LastAt, int? Score, string? Assignee, int? Unread);

internal sealed record StaffConversationList(IReadOnlyList<StaffConversationSummary> Conversations, string? Next);

internal sealed record AgentRequest(string? Agent);

internal sealed record AgentMessageRequest(string? ClientId, string? Agent, string? Text);

internal sealed record AgentTypingRequest(string? Agent, bool? Typing);

internal sealed record PopupFunnel(long Offered, long Seen, long Opened, long Dismissed, long Ignored, long Helpful, long Withheld);

internal sealed record IntentCountView(string Intent, long Questions, long Unanswered);

internal sealed record FiguresView(
    DateTimeOffset From, DateTimeOffset To, long Conversations, long Questions, long Answered, long Clarified, long HandedOff, long BotResolved,
    double? MeanScore, PopupFunnel Popups, IReadOnlyList<IntentCountView> TopIntents, long AgentAnswered);
