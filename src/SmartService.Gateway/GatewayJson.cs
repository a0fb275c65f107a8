using System.Text.Json;
using System.Text.Json.Serialization;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;
using SmartService.Backoffice.Webhooks;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine.Queries;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Merchants;
using SmartService.Gateway.Operations;
using SmartService.Gateway.Peak;
using SmartService.Gateway.Push;
using SmartService.Gateway.Shoppers;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway;

/// <summary>Everything that crosses the wire, source-generated. Unknown and doubled fields are faults, never ignored.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict,
    MaxDepth = 16,
    Converters = [
        typeof(SnakeCase<ConversationMode>), typeof(SnakeCase<MessageAuthor>), typeof(SnakeCase<PageType>), typeof(SnakeCase<PageError>),
        typeof(SnakeCase<CustomerTier>), typeof(SnakeCase<PopupOutcome>), typeof(SnakeCase<PaymentState>), typeof(SnakeCase<CheckpointStatus>),
        typeof(SnakeCase<KeyScope>), typeof(SnakeCase<MemberRole>), typeof(SnakeCase<LinkKind>), typeof(SnakeCase<ActorKind>), typeof(SnakeCase<DeliveryState>), typeof(SnakeCase<Tone>), typeof(SnakeCase<CandidateOrigin>), typeof(SnakeCase<CandidateStatus>),
        typeof(SnakeCase<ReleaseStatus>), typeof(SnakeCase<QuestionOutcome>), typeof(SnakeCase<HandOffReason>),
        typeof(SnakeCase<PeakRung>), typeof(SnakeCase<Assistance.QuestionAction>), typeof(SnakeCase<Assistance.LearningRunState>), typeof(SnakeCase<LearningVerdict>),
    ])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(TenantChoice))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(MeRequest))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(PasswordProof))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(SecondFactorKey))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(LinkToken))]
[JsonSerializable(typeof(LinkView))]
[JsonSerializable(typeof(RedeemRequest))]
[JsonSerializable(typeof(MemberView))]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(InvitationRequest))]
[JsonSerializable(typeof(InvitationList))]
[JsonSerializable(typeof(MadeInvitation))]
[JsonSerializable(typeof(MadeLinkView))]
[JsonSerializable(typeof(RoleList))]
[JsonSerializable(typeof(AuditView))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(AuditVerdictView))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(OpenNowView))]
[JsonSerializable(typeof(ParseRequest))]
[JsonSerializable(typeof(ParseAnswer))]
[JsonSerializable(typeof(OnboardingAnswer))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(QuestionView))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(WebhookTestAnswer))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(PresenceFrame))]
[JsonSerializable(typeof(PresenceRequest))]
[JsonSerializable(typeof(PresenceAnswer))]
[JsonSerializable(typeof(NoteRequest))]
[JsonSerializable(typeof(NoteFrame))]
[JsonSerializable(typeof(AssigneeRequest))]
[JsonSerializable(typeof(AssignedFrame))]
[JsonSerializable(typeof(UnreadAnswer))]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(CannedRequest))]
[JsonSerializable(typeof(CannedView))]
[JsonSerializable(typeof(CannedList))]
[JsonSerializable(typeof(SeriesAnswer))]
[JsonSerializable(typeof(ResponseAnswer))]
[JsonSerializable(typeof(ForesightAnswer))]
[JsonSerializable(typeof(IntentsAnswer))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(VisitsRequest))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(SuggestionList))]
[JsonSerializable(typeof(ChosenRequest))]
[JsonSerializable(typeof(PopupRequest))]
[JsonSerializable(typeof(ConversationList))]
[JsonSerializable(typeof(OpenRequest))]
[JsonSerializable(typeof(ConversationView))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(TypingRequest))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(PersonRequest))]
[JsonSerializable(typeof(HelpfulRequest))]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(ReadyFrame))]
[JsonSerializable(typeof(PopupFrame))]
[JsonSerializable(typeof(PopupOutcomeFrame))]
[JsonSerializable(typeof(PopupWithheldFrame))]
[JsonSerializable(typeof(MessageFrame))]
[JsonSerializable(typeof(ModeFrame))]
[JsonSerializable(typeof(ReadFrame))]
[JsonSerializable(typeof(RatedFrame))]
[JsonSerializable(typeof(ClosedFrame))]
[JsonSerializable(typeof(OpenedFrame))]
[JsonSerializable(typeof(TypingFrame))]
[JsonSerializable(typeof(ErasedFrame))]
[JsonSerializable(typeof(ForecastFrame))]
[JsonSerializable(typeof(VisitFrame))]
[JsonSerializable(typeof(OrderFrame))]
[JsonSerializable(typeof(SuggestionFrame))]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(OriginsView))]
[JsonSerializable(typeof(CampaignsView))]
[JsonSerializable(typeof(PolicyView))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(SigningKeyRequest))]
[JsonSerializable(typeof(SigningKeyAnswer))]
[JsonSerializable(typeof(SigningKeyList))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantAnswer))]
[JsonSerializable(typeof(TenantList))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(ShipmentRequest))]
[JsonSerializable(typeof(CheckpointsRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(OperationRequest))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(OrderLineOfBulk))]
[JsonSerializable(typeof(VisitOfBulk))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(CustomerRequest))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(CustomerList))]
[JsonSerializable(typeof(ErasedAnswer))]
[JsonSerializable(typeof(TimelineList))]
[JsonSerializable(typeof(ItemRequest))]
[JsonSerializable(typeof(ItemView))]
[JsonSerializable(typeof(ItemList))]
[JsonSerializable(typeof(ContentView))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(VocabularyRequest))]
[JsonSerializable(typeof(VocabularyView))]
[JsonSerializable(typeof(RehearseRequest))]
[JsonSerializable(typeof(RehearseAnswer))]
[JsonSerializable(typeof(CandidateRequest))]
[JsonSerializable(typeof(CandidateProposal))]
[JsonSerializable(typeof(CandidateView))]
[JsonSerializable(typeof(CandidateList))]
[JsonSerializable(typeof(CollectAnswer))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(ReleaseView))]
[JsonSerializable(typeof(ReleaseList))]
[JsonSerializable(typeof(QuestionList))]
[JsonSerializable(typeof(ClusterList))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(CorrectionAnswer))]
[JsonSerializable(typeof(TeachRequest))]
[JsonSerializable(typeof(LearningView))]
[JsonSerializable(typeof(LearningRunView))]
[JsonSerializable(typeof(LearningReportView))]
[JsonSerializable(typeof(LearningReportList))]
[JsonSerializable(typeof(StaffConversationList))]
[JsonSerializable(typeof(AgentRequest))]
[JsonSerializable(typeof(AgentMessageRequest))]
[JsonSerializable(typeof(AgentTypingRequest))]
[JsonSerializable(typeof(FiguresView))]
[JsonSerializable(typeof(PopupLiftView))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(PeakView))]
[JsonSerializable(typeof(PeakChange))]
[JsonSerializable(typeof(DeskBeat))]
[JsonSerializable(typeof(RehearsalRequest))]
[JsonSerializable(typeof(PeakAnswer))]
[JsonSerializable(typeof(PeakStoreView))]
[JsonSerializable(typeof(CallBackRequest))]
internal sealed partial class GatewayJson : JsonSerializerContext;

/// <summary>Words of an enum as written in docs/api.md: snake case, never numbers.</summary>
internal sealed class SnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
