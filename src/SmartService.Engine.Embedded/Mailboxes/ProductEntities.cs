using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;

namespace SmartService.Engine.Embedded.Mailboxes;

#pragma warning disable SA1402 // One line each: the regions of the product.
internal sealed class Tenants(EmbeddedEngine engine)
    : Entities<TenantDecider, TenantState, TenantCommand, TenantEvent, TenantRefusal>(engine, Regions.Tenants), ITenants;

internal sealed class Customers(EmbeddedEngine engine)
    : Entities<CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>(engine, Regions.Customers), ICustomers;

internal sealed class Conversations(EmbeddedEngine engine)
    : Entities<ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>(engine, Regions.Conversations),
        IConversations;

internal sealed class Knowledge(EmbeddedEngine engine)
    : Entities<KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>(engine, Regions.Knowledge), IKnowledge;

internal sealed class Learnings(EmbeddedEngine engine)
    : Entities<LearningDecider, LearningState, LearningCommand, LearningEvent, LearningRefusal>(engine, Regions.Learnings), ILearnings;

internal sealed class Orders(EmbeddedEngine engine)
    : Entities<OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>(engine, Regions.Orders), IOrders;

internal sealed class PeakSwitches(EmbeddedEngine engine)
    : Entities<PeakSwitchDecider, PeakSwitchState, PeakSwitchCommand, PeakSwitchEvent, PeakSwitchRefusal>(engine, Regions.PeakSwitches), IPeakSwitches;
#pragma warning restore SA1402
