using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;

namespace SmartService.Engine.Journal;

/// <summary>
/// Stored names of the product's events. Classes may be renamed freely; names here may not: a changed shape gets a new
/// name ("popup-offered.v2") and the old one stays readable.
/// </summary>
public static class StoredEvents
{
    private static readonly JsonSerializerOptions Options = StoredJsonOptions.For(StoredJson.Default);

    public static ImmutableArray<EventKind> Product { get; } =
    [
        // Customer
        new("customer-described", Json<CustomerEvent.Described>()),
        new("customer-visited", Json<CustomerEvent.Visited>()),
        new("customer-order-noted", Json<CustomerEvent.OrderNoted>()),
        new("customer-forecast-made", Json<CustomerEvent.ForecastMade>()),
        new("popup-offered", Json<CustomerEvent.PopupOffered>(), Audience.Customer),
        new("popup-withheld", Json<CustomerEvent.PopupWithheld>()),
        new("popup-reported", Json<CustomerEvent.PopupReported>(), Audience.Customer),
        new("suggestion-chosen", Json<CustomerEvent.SuggestionChosen>()),
        new("customer-conversation-noted", Json<CustomerEvent.ConversationNoted>()),
        new("customer-adopted", Json<CustomerEvent.Adopted>()),
        new("customer-erased", Json<CustomerEvent.Erased>(), Audience.Customer, Erases: true),
        // Conversation
        new("conversation-opened", Json<ConversationEvent.Opened>(), Audience.Customer),
        new("conversation-customer-asked", Json<ConversationEvent.CustomerAsked>(), Audience.Customer),
        new("conversation-bot-answered", Json<ConversationEvent.BotAnswered>(), Audience.Customer),
        new("conversation-bot-clarified", Json<ConversationEvent.BotClarified>(), Audience.Customer),
        new("conversation-handed-off", Json<ConversationEvent.HandedOff>(), Audience.Customer),
        new("conversation-agent-joined", Json<ConversationEvent.AgentJoined>(), Audience.Customer),
        new("conversation-agent-replied", Json<ConversationEvent.AgentReplied>(), Audience.Customer),
        new("conversation-given-back", Json<ConversationEvent.GivenBack>(), Audience.Customer),
        new("conversation-read", Json<ConversationEvent.Read>(), Audience.Customer),
        new("conversation-answer-rated", Json<ConversationEvent.AnswerRated>(), Audience.Customer),
        new("conversation-rated", Json<ConversationEvent.ConversationRated>(), Audience.Customer),
        new("conversation-closed", Json<ConversationEvent.Closed>(), Audience.Customer),
        new("conversation-note-added", Json<ConversationEvent.NoteAdded>()),
        new("conversation-assigned", Json<ConversationEvent.Assigned>()),
        new("conversation-erased", Json<ConversationEvent.Erased>(), Audience.Customer, Erases: true),
        // Knowledge
        new("qna-item-saved", Json<KnowledgeEvent.ItemSaved>()),
        new("qna-item-retired", Json<KnowledgeEvent.ItemRetired>()),
        new("qna-candidate-proposed", Json<KnowledgeEvent.CandidateProposed>()),
        new("qna-candidate-confirmed", Json<KnowledgeEvent.CandidateConfirmed>()),
        new("qna-candidate-dismissed", Json<KnowledgeEvent.CandidateDismissed>()),
        new("qna-release-built", Json<KnowledgeEvent.ReleaseBuilt>()),
        new("qna-release-replayed", Json<KnowledgeEvent.ReleaseReplayed>()),
        new("qna-release-approved", Json<KnowledgeEvent.ReleaseApproved>()),
        new("qna-release-went-live", Json<KnowledgeEvent.ReleaseWentLive>()),
        new("qna-release-rolled-back", Json<KnowledgeEvent.ReleaseRolledBack>()),
        new("qna-release-discarded", Json<KnowledgeEvent.ReleaseDiscarded>()),
        new("qna-feedback-noted", Json<KnowledgeEvent.FeedbackNoted>()),
        new("qna-vocabulary-set", Json<KnowledgeEvent.VocabularySet>()),
        // Learning
        new("learning-intent-taught", Json<LearningEvent.IntentTaught>()),
        new("learning-run-noted", Json<LearningEvent.RunNoted>()),
        new("learning-model-went-live", Json<LearningEvent.ModelWentLive>()),
        new("learning-model-rolled-back", Json<LearningEvent.ModelRolledBack>()),
        new("learning-forgotten", Json<LearningEvent.Forgotten>(), Erases: true),
        // Order
        new("order-placed", Json<OrderEvent.Placed>()),
        new("order-payment-noted", Json<OrderEvent.PaymentNoted>()),
        new("order-shipped", Json<OrderEvent.Shipped>()),
        new("order-checkpoint-noted", Json<OrderEvent.CheckpointNoted>()),
        new("order-reported-missing", Json<OrderEvent.ReportedMissing>()),
        new("order-refund-requested", Json<OrderEvent.RefundRequested>()),
        new("order-refund-paid", Json<OrderEvent.RefundPaid>()),
        new("order-cancelled", Json<OrderEvent.Cancelled>()),
        new("order-erased", Json<OrderEvent.Erased>(), Erases: true),
        // Peak
        new("peak-rung-held", Json<PeakSwitchEvent.RungHeld>()),
        new("peak-rung-let-go", Json<PeakSwitchEvent.RungLetGo>()),
        new("peak-rehearsal-begun", Json<PeakSwitchEvent.RehearsalBegun>()),
        new("peak-rehearsal-ended", Json<PeakSwitchEvent.RehearsalEnded>()),
        // Tenant
        new("tenant-created", Json<TenantEvent.Created>()),
        new("tenant-profile-changed", Json<TenantEvent.ProfileChanged>()),
        new("tenant-origins-changed", Json<TenantEvent.OriginsChanged>()),
        new("tenant-campaigns-changed", Json<TenantEvent.CampaignsChanged>()),
        new("tenant-policy-changed", Json<TenantEvent.PolicyChanged>()),
        new("tenant-canned-saved", Json<TenantEvent.CannedSaved>()),
        new("tenant-canned-removed", Json<TenantEvent.CannedRemoved>()),
        new("tenant-webhook-saved", Json<TenantEvent.WebhookSaved>()),
        new("tenant-webhook-removed", Json<TenantEvent.WebhookRemoved>()),
        new("tenant-key-added", Json<TenantEvent.KeyAdded>()),
        new("tenant-key-revoked", Json<TenantEvent.KeyRevoked>()),
        new("tenant-signing-key-added", Json<TenantEvent.SigningKeyAdded>()),
        new("tenant-signing-key-revoked", Json<TenantEvent.SigningKeyRevoked>()),
    ];

    /// <summary>The shape of a type of the product, for example a state.</summary>
    public static JsonTypeInfo<T> Json<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
