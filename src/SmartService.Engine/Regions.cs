using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;
using SmartService.Engine.Journal;

namespace SmartService.Engine;

/// <summary>
/// The product's kinds of entities. Raise the version of a state's name when its decider evolves differently from before:
/// old snapshots are then replaced by replay. A changed shape is noticed without that.
/// </summary>
public static class Regions
{
    public static EntityRegion<TenantState> Tenants { get; } =
        new("tenant", new("tenant-state.v1", StoredEvents.Json<TenantState>()), (_, _) => null);

    public static EntityRegion<CustomerState> Customers { get; } =
        new("customer", new("customer-state.v1", StoredEvents.Json<CustomerState>()), (key, _) => new CustomerId(key.Id));

    public static EntityRegion<ConversationState> Conversations { get; } =
        new("conversation", new("conversation-state.v1", StoredEvents.Json<ConversationState>()), (_, state) => state.Customer);

    public static EntityRegion<KnowledgeState> Knowledge { get; } =
        new("knowledge", new("knowledge-state.v1", StoredEvents.Json<KnowledgeState>()), (_, _) => null);

    public static EntityRegion<LearningState> Learnings { get; } =
        new("learning", new("learning-state.v1", StoredEvents.Json<LearningState>()), (_, _) => null);

    public static EntityRegion<OrderState> Orders { get; } =
        new("order", new("order-state.v1", StoredEvents.Json<OrderState>()), (_, _) => null);

    public static EntityRegion<PeakSwitchState> PeakSwitches { get; } =
        new("peak", new("peak-switch-state.v1", StoredEvents.Json<PeakSwitchState>()), (_, _) => null);
}
