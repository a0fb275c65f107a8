using System.Text.Json.Serialization;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Push;

// The data of each event of a stream; docs/api.md has the table. Fields that only staff get are last.
internal sealed record ReadyFrame(long Head);

internal sealed record PopupFrame(
    string Id, string Topic, string? Order, string? Product, string Title, string Why, string Cause, string Answer,
    IReadOnlyList<ActionView> Actions, IReadOnlyList<SourceView> Sources, DateTimeOffset At, string? Customer, double? Probability);

internal sealed record PopupOutcomeFrame(string Id, PopupOutcome Outcome, string? Customer);

internal sealed record PopupWithheldFrame(string Id, string Topic, string? Order, string Cause, double Probability, string Customer, DateTimeOffset At);

/// <param name="Mode">Absent from the shopper's own messages: they do not change it.</param>
internal sealed record MessageFrame(
    string Conversation, ConversationMode? Mode, int Number, MessageAuthor Author, string Text, DateTimeOffset At, string? ClientId, string? Agent,
    int? Replies, string? Intent, double? Confidence, SourceView? Source, IReadOnlyList<ActionView> Actions, IReadOnlyList<OptionView> Options,
    HandOffReason? Reason)
{
    public IReadOnlyList<SourceView>? Also { get; init; }

    public string? Contact { get; init; }
}

internal sealed record ModeFrame(string Conversation, ConversationMode Mode, string? Agent);

internal sealed record ReadFrame(string Conversation, MessageAuthor By, int UpTo);

internal sealed record RatedFrame(string Conversation, int? Number, bool? Helpful, int? Score);

internal sealed record ClosedFrame(string Conversation);

internal sealed record OpenedFrame(string Conversation, string Customer, string Locale, string? Channel, DateTimeOffset At);

internal sealed record TypingFrame(string Conversation, MessageAuthor Author, bool Typing);

/// <summary>An empty object for the shopper; whom or what for staff.</summary>
internal sealed record ErasedFrame(string? Customer, string? Conversation);

internal sealed record ForecastIntent(string Intent, double Probability);

internal sealed record ForecastFrame(string Customer, IReadOnlyList<ForecastIntent> Ranked, string? Order, string? Product, string Model, DateTimeOffset At);

internal sealed record VisitFrame(
    string Customer, string Id, string Session, PageType Page, string? Subject, int DwellSeconds, decimal? Price, PageError? Error, DateTimeOffset At);

internal sealed record OrderFrame(string Customer, string Number, bool Late, bool LooksLost, DateTimeOffset At);

internal sealed record SuggestionFrame(string Customer, string Intent, int Rank, DateTimeOffset At);
