using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Backoffice;

// What the live pages of the console send and read; docs/api.md explains every field.
internal sealed record PresentView(string Id, string Name, bool Typing);

internal sealed record PresenceFrame(string Conversation, IReadOnlyList<PresentView> Present);

internal sealed record PresenceRequest(bool? Viewing, bool? Typing, string? Agent);

internal sealed record PresenceAnswer(IReadOnlyList<PresentView> Present);

internal sealed record NoteRequest(string? ClientId, string? Text, string? Agent);

internal sealed record NoteView(string Id, string Author, string Text, DateTimeOffset At);

internal sealed record NoteFrame(string Conversation, string Id, string Author, string Text, DateTimeOffset At);

internal sealed record AssigneeRequest(string? Member);

internal sealed record AssigneeView(string Id, string Name);

internal sealed record AssignedFrame(string Conversation, string? Member, string? Name, string By);

internal sealed record UnreadRow(string Id, int Unread);

internal sealed record UnreadAnswer(int Total, int Mine, IReadOnlyList<UnreadRow> Conversations);

internal sealed record LivePopup(string Id, string Topic, DateTimeOffset At, PopupOutcome Outcome, bool Withheld);

internal sealed record LiveConversation(string Id, ConversationMode Mode, string? Agent, string? Assignee, string? LastText, int? Unread);

internal sealed record LiveShopper(
    string Customer, string? Name, CustomerTier Tier, bool Identified, DateTimeOffset LastSeenAt, PageType? Page, string? Subject, string? Session, int Pages,
    IReadOnlyList<IntentView> Forecast, LivePopup? Popup, LiveConversation? Conversation);

internal sealed record LiveAnswer(DateTimeOffset At, long Head, long Total, IReadOnlyList<LiveShopper> Shoppers);

internal sealed record CannedRequest(string? Shortcut, string? Text, string? Locale);

internal sealed record CannedView(string Id, string Shortcut, string Text, string? Locale, string Author, DateTimeOffset At);

internal sealed record CannedList(IReadOnlyList<CannedView> Canned);
