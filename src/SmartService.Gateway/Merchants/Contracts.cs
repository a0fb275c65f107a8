using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Shoppers;

namespace SmartService.Gateway.Merchants;

// What crosses the wire between a shop's servers and us; docs/api.md explains every field.
internal sealed record ProfileView(string? Name, string? Locale, string? Currency, string? TimeZone);

internal sealed record OriginsView(IReadOnlyList<string>? Origins);

internal sealed record CampaignView(string? Name, DateOnly? From, DateOnly? To);

internal sealed record CampaignsView(IReadOnlyList<CampaignView>? Campaigns);

internal sealed record PopupPolicyView(bool? Enabled, int? PerSession, int? PerDay, double? PauseSeconds, double? HoldoutShare, double? MinProbability,
    double? Precision = null, double? ExploreShare = null);

internal sealed record BotPolicyView(double? AnswerFrom, double? ClarifyFrom, int? MaxClarifications, bool? Autonomy);

internal sealed record PolicyView(Tone? Tone, IReadOnlyList<string>? ForbiddenWords, int? MessagesPerMinute, PopupPolicyView? Popups, BotPolicyView? Bot,
    HoursView? Hours = null, IReadOnlyList<string>? Languages = null, int? DiscountLimit = null, HandOffView? HandOff = null, int? RetentionDays = null,
    IReadOnlyList<string>? Clear = null);

internal sealed record KeyRequest(KeyScope? Scope, string? Label);

internal sealed record KeyView(string Id, KeyScope Scope, string Hint, string? Label, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

internal sealed record KeyAnswer(string Id, KeyScope Scope, string Key, string? Label);

internal sealed record KeyList(IReadOnlyList<KeyView> Keys);

internal sealed record SigningKeyRequest(string? Id, string? Algorithm, string? PublicKey);

internal sealed record SigningKeyView(string Id, string Algorithm, string? PublicKey, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <param name="Secret">HS256 only, shown once: its text is the key, as JWT libraries take it.</param>
internal sealed record SigningKeyAnswer(string Id, string Algorithm, string? PublicKey, string? Secret);

internal sealed record SigningKeyList(IReadOnlyList<SigningKeyView> Keys);

/// <param name="Owner">Mail address of the first owner, who is invited.</param>
internal sealed record TenantRequest(
    string? Id, string? Name, string? Locale, string? Currency, string? TimeZone, IReadOnlyList<string>? Origins, string? Owner = null);

internal sealed record TenantAnswer(string Id, string SecretKey, string PublishableKey, string AgentKey, MadeLinkView? OwnerInvitation = null);

internal sealed record TenantSummary(string Id, string Name, string Locale, DateTimeOffset CreatedAt);

internal sealed record TenantList(IReadOnlyList<TenantSummary> Tenants, string? Next);

internal sealed record LineRequest(string? Product, string? Name, int? Quantity, decimal? UnitPrice, string? Options);

internal sealed record OrderRequest(
    string? Customer, IReadOnlyList<LineRequest?>? Lines, decimal? Total, string? Currency, DateTimeOffset? PlacedAt, DateTimeOffset? PromisedAt);

internal sealed record PaymentRequest(string? OperationId, PaymentState? State, string? Method);

internal sealed record ShipmentRequest(string? Carrier, string? Number, DateTimeOffset? PromisedAt, DateTimeOffset? Eta);

internal sealed record CheckpointRequest(string? Id, DateTimeOffset? At, CheckpointStatus? Status, string? Place, string? Note, DateTimeOffset? Eta);

internal sealed record CheckpointsRequest(IReadOnlyList<CheckpointRequest?>? Checkpoints);

internal sealed record RefundRequest(string? OperationId, decimal? Amount, DateTimeOffset? DueAt);

internal sealed record OperationRequest(string? OperationId);

internal sealed record CancelRequest(string? OperationId, string? Reason);

internal sealed record LineView(string Product, string Name, int Quantity, decimal UnitPrice, string? Options);

internal sealed record CheckpointView(string Id, DateTimeOffset At, CheckpointStatus Status, string? Place, string? Note, DateTimeOffset? Eta);

internal sealed record ParcelView(
    string Carrier, string Number, CheckpointStatus Status, DateTimeOffset? PromisedAt, DateTimeOffset? Eta, DateTimeOffset? DeliveredAt,
    bool ReportedMissing, IReadOnlyList<CheckpointView> Checkpoints);

internal sealed record RefundView(decimal Amount, DateTimeOffset RequestedAt, DateTimeOffset? DueAt, DateTimeOffset? PaidAt);

internal sealed record OrderView(
    string Number, string Customer, long Version, DateTimeOffset PlacedAt, IReadOnlyList<LineView> Lines, decimal Total, string Currency,
    PaymentState Payment, string? PaymentMethod, int PaymentFailures, ParcelView? Parcel, RefundView? Refund, bool Cancelled, bool Late, bool LooksLost);

/// <summary>A line of a bulk call: an order, and what is known of its payment and parcel.</summary>
internal sealed record OrderLineOfBulk(
    string? Number, string? Customer, IReadOnlyList<LineRequest?>? Lines, decimal? Total, string? Currency, DateTimeOffset? PlacedAt,
    DateTimeOffset? PromisedAt, PaymentRequest? Payment, ShipmentRequest? Shipment, IReadOnlyList<CheckpointRequest?>? Checkpoints);

/// <summary>A line of a bulk call: whose visit, and the visit.</summary>
internal sealed record VisitOfBulk(
    string? Customer, string? Id, string? Session, DateTimeOffset? At, PageType? Page, string? Subject, double? DwellSeconds, decimal? Price,
    string? Referrer, PageError? Error)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public VisitRequest Visit => new(Id, Session, At, Page, Subject, DwellSeconds, Price, Referrer, Error);
}

internal sealed record BulkLine(int Line, string Id, bool Changed);

/// <param name="Results">Per line of orders; absent for visits.</param>
internal sealed record BulkAnswer(int Lines, int Changed, IReadOnlyList<BulkLine>? Results);

internal sealed record CustomerRequest(string? Name, CustomerTier? Tier, string? Locale);

internal sealed record ErasedAnswer(int Customers, int Conversations, int Orders);
