using System.Collections.Frozen;
using System.Text.Json;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;

namespace SmartService.Gateway.Faults;

/// <summary>The one table from what entities refuse to what callers read. A test holds that no refusal is missing.</summary>
internal static class Refusals
{
    private static readonly FrozenDictionary<Enum, Problem> Table = new Dictionary<Enum, Problem>
    {
        [ConversationRefusal.NotFound] = Problems.NotFound("No such conversation"),

        // Not told apart from a free id: whose conversations exist is nobody else's business.
        [ConversationRefusal.BelongsToAnother] = Problems.NotFound("No such conversation"),
        [ConversationRefusal.Closed] = Refuse(ConversationRefusal.Closed, 409, "The conversation is closed", "Open a new one under another id."),
        [ConversationRefusal.Full] = Refuse(ConversationRefusal.Full, 409, "The conversation is full", "It has 2,000 messages. Open a new one."),
        [ConversationRefusal.EmptyText] = Refuse(ConversationRefusal.EmptyText, 400, "The text is empty", "Send 1 to 4,000 characters."),
        [ConversationRefusal.TextTooLong] = Refuse(ConversationRefusal.TextTooLong, 400, "The text is too long", "Send 1 to 4,000 characters."),
        [ConversationRefusal.NoSuchAnswer] = Refuse(ConversationRefusal.NoSuchAnswer, 404, "No such answer", "No bot message of this conversation has that number."),
        [ConversationRefusal.BadScore] = Refuse(ConversationRefusal.BadScore, 400, "The score is out of range", "A score is 1 to 5."),
        [ConversationRefusal.TooManyNotes] = Refuse(ConversationRefusal.TooManyNotes, 409, "Too many notes", "A conversation has at most 200."),
        [ConversationRefusal.NotHandedOff] = Refuse(ConversationRefusal.NotHandedOff, 409, "No person holds this conversation", "Join it first."),

        [CustomerRefusal.Erased] = Refuse(CustomerRefusal.Erased, 410, "The person was forgotten", "Drop the token and open a new session."),
        [CustomerRefusal.PopupsOff] = Quiet(CustomerRefusal.PopupsOff, "Popups are off for this store."),
        [CustomerRefusal.Typing] = Quiet(CustomerRefusal.Typing, "The shopper is typing."),
        [CustomerRefusal.OnPaymentForm] = Quiet(CustomerRefusal.OnPaymentForm, "The shopper is on the payment form."),
        [CustomerRefusal.MovedOn] = Quiet(CustomerRefusal.MovedOn, "The shopper has moved on to another page."),
        [CustomerRefusal.TopicClosed] = Quiet(CustomerRefusal.TopicClosed, "The shopper closed a popup of this topic before."),
        [CustomerRefusal.AlreadyShown] = Quiet(CustomerRefusal.AlreadyShown, "The same help was shown before."),
        [CustomerRefusal.AlreadyTalking] = Quiet(CustomerRefusal.AlreadyTalking, "A conversation about this topic is open."),
        [CustomerRefusal.Unlikely] = Quiet(CustomerRefusal.Unlikely, "Not likely enough for this store's policy."),
        [CustomerRefusal.SessionBudgetSpent] = Quiet(CustomerRefusal.SessionBudgetSpent, "This session has had its popups."),
        [CustomerRefusal.DayBudgetSpent] = Quiet(CustomerRefusal.DayBudgetSpent, "This day has had its popups."),
        [CustomerRefusal.Pausing] = Quiet(CustomerRefusal.Pausing, "Too soon after the last popup."),
        [CustomerRefusal.PopupNotFound] = Problems.NotFound("No such popup"),
        [CustomerRefusal.TooManyVisits] = Refuse(CustomerRefusal.TooManyVisits, 400, "Too many visits", "One batch holds at most 64 visits."),
        [CustomerRefusal.Incomplete] = Refuse(CustomerRefusal.Incomplete, 400, "Something is missing", "Visits need an id and a session, orders a number."),

        [TenantRefusal.NotFound] = Problems.NotFound("No such store"),
        [TenantRefusal.AlreadyExists] = Refuse(TenantRefusal.AlreadyExists, 409, "The store exists", "Choose another id."),
        [TenantRefusal.OutOfRange] = Refuse(TenantRefusal.OutOfRange, 400, "A value is out of its range", "The API description has the range of every field."),
        [TenantRefusal.KeyNotFound] = Problems.NotFound("No such key"),
        [TenantRefusal.TooManySigningKeys] = Refuse(TenantRefusal.TooManySigningKeys, 409, "Two signing keys are live", "Revoke one first."),
        [TenantRefusal.TooManyKeys] = Refuse(TenantRefusal.TooManyKeys, 409, "Too many keys are live", "Revoke one first; 50 are the most."),
        [TenantRefusal.CannedNotFound] = Problems.NotFound("No such ready answer"),
        [TenantRefusal.ShortcutTaken] = Refuse(TenantRefusal.ShortcutTaken, 409, "The shortcut is taken", "Another ready answer of this language has it."),
        [TenantRefusal.TooManyCanned] = Refuse(TenantRefusal.TooManyCanned, 409, "Too many ready answers", "A store has at most 300. Remove some."),
        [TenantRefusal.WebhookNotFound] = Problems.NotFound("No such webhook"),
        [TenantRefusal.TooManyWebhooks] = Refuse(TenantRefusal.TooManyWebhooks, 409, "Too many webhooks", "A store has at most 20. Remove one."),
        [TenantRefusal.BadOrigin] = Refuse(TenantRefusal.BadOrigin, 400, "An origin is not one", "Write \"https://shop.example\": scheme, host, perhaps a port, no path."),

        [OrderRefusal.NotFound] = Problems.NotFound("No such order"),
        [OrderRefusal.BelongsToAnother] = Refuse(OrderRefusal.BelongsToAnother, 409, "The order number is taken", "Another customer has an order of this number."),
        [OrderRefusal.AlreadyCancelled] = Refuse(OrderRefusal.AlreadyCancelled, 409, "The order was cancelled", "Nothing can change it any more."),
        [OrderRefusal.RefundExceedsTotal] = Refuse(OrderRefusal.RefundExceedsTotal, 409, "The refund is more than was paid", "Ask for at most the order's total."),
        [OrderRefusal.NotDelivered] = Refuse(OrderRefusal.NotDelivered, 409, "The parcel was not reported delivered", "Report a delivered checkpoint first."),
        [OrderRefusal.TooMany] = Refuse(OrderRefusal.TooMany, 400, "Too many lines or checkpoints", "An order has at most 500 lines and 1,000 checkpoints."),
        [OrderRefusal.BadAmount] = Refuse(OrderRefusal.BadAmount, 400, "The amount is not usable", "An amount of money must be above 0."),
        [OrderRefusal.Erased] = Refuse(OrderRefusal.Erased, 410, "The order was forgotten", "Its customer asked to be forgotten; the number cannot be used again."),

        [PeakSwitchRefusal.OutOfRange] = Refuse(PeakSwitchRefusal.OutOfRange, 400, "A value is out of its range", "The API description has the range of every field."),
        [PeakSwitchRefusal.TooManyRehearsals] = Refuse(PeakSwitchRefusal.TooManyRehearsals, 409, "Too many stores rehearse", "1,000 at once are the most. End some, or rehearse with all."),

        [KnowledgeRefusal.ItemNotFound] = Problems.NotFound("No such item"),
        [KnowledgeRefusal.CandidateNotFound] = Problems.NotFound("No such candidate"),
        [KnowledgeRefusal.ReleaseNotFound] = Problems.NotFound("No such release"),
        [KnowledgeRefusal.VersionConflict] = Refuse(KnowledgeRefusal.VersionConflict, 409, "Another version went live meanwhile", "Read the item and try again."),
        [KnowledgeRefusal.BadContent] = Refuse(KnowledgeRefusal.BadContent, 400, "The content is not valid", "Question, answer and locale are needed; placeholders must be known ones."),
        [KnowledgeRefusal.BadVocabulary] = Refuse(KnowledgeRefusal.BadVocabulary, 400, "The vocabulary is not valid", "At most 500 groups of 2 to 20 words, 5,000 products of 1 to 10 names."),
        [KnowledgeRefusal.TooManyItems] = Refuse(KnowledgeRefusal.TooManyItems, 409, "Too many items", "A store has at most 50,000 items. Retire some."),
        [KnowledgeRefusal.NotConfirmed] = Refuse(KnowledgeRefusal.NotConfirmed, 409, "A candidate has no confirmed answer", "Confirm it with an answer first."),
        [KnowledgeRefusal.NotReplayed] = Refuse(KnowledgeRefusal.NotReplayed, 409, "The release was not replayed", "Replay it over logged questions first."),
        [KnowledgeRefusal.NotApproved] = Refuse(KnowledgeRefusal.NotApproved, 409, "The release was not approved", "Approve it first."),
        [KnowledgeRefusal.NotLive] = Refuse(KnowledgeRefusal.NotLive, 409, "The release is not live", "Or a later change stands on it; roll that back first."),
        [LearningRefusal.NothingToRollBack] = Refuse(LearningRefusal.NothingToRollBack, 409, "Nothing to roll back", "The shipped model answers; there is nothing before it."),
        [LearningRefusal.BadIntent] = Refuse(LearningRefusal.BadIntent, 400, "The intent is not one", "Intents are like order.delay."),
        [LearningRefusal.QuestionNotFound] = Problems.NotFound("No such question"),
        [LearningRefusal.TooManyRuns] = Refuse(LearningRefusal.TooManyRuns, 503, "Too many trainings wait", "Ask again later."),

        [KnowledgeRefusal.AlreadyDecided] = Refuse(KnowledgeRefusal.AlreadyDecided, 409, "Already decided", "The candidate or release is past the state this needs."),
    }.ToFrozenDictionary();

    public static Problem ToProblem(Enum refusal) => Table.TryGetValue(refusal, out var problem)
        ? problem
        : Refuse(refusal, 409, "Refused", "The entity refused this command.");

    /// <summary>Whether the table has the refusal; for the test that keeps it whole.</summary>
    internal static bool Has(Enum refusal) => Table.ContainsKey(refusal);

    private static Problem Refuse(Enum refusal, int status, string title, string detail) =>
        new(status, JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString()), title, detail);

    private static Problem Quiet(CustomerRefusal refusal, string why) => Refuse(refusal, 409, "The popup contract says no", why);
}
