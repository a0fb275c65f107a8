using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;
using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Entities;

#pragma warning disable SA1402 // One line each: the regions of the product.
internal sealed class Tenants(ClusterCalls calls)
    : ClusterEntities<ITenantGrain, TenantDecider, TenantState, TenantCommand, TenantEvent, TenantRefusal>(calls, Regions.Tenants, follows: true), ITenants;

internal sealed class Customers(ClusterCalls calls)
    : ClusterEntities<ICustomerGrain, CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>(calls, Regions.Customers, follows: false), ICustomers;

internal sealed class Conversations(ClusterCalls calls)
    : ClusterEntities<IConversationGrain, ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>(
        calls, Regions.Conversations, follows: false), IConversations;

internal sealed class Knowledge(ClusterCalls calls)
    : ClusterEntities<IKnowledgeGrain, KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>(calls, Regions.Knowledge, follows: true), IKnowledge;

internal sealed class Learnings(ClusterCalls calls)
    : ClusterEntities<ILearningGrain, LearningDecider, LearningState, LearningCommand, LearningEvent, LearningRefusal>(calls, Regions.Learnings, follows: true), ILearnings;

internal sealed class Orders(ClusterCalls calls)
    : ClusterEntities<IOrderGrain, OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>(calls, Regions.Orders, follows: false), IOrders;

internal sealed class PeakSwitches(ClusterCalls calls)
    : ClusterEntities<IPeakSwitchGrain, PeakSwitchDecider, PeakSwitchState, PeakSwitchCommand, PeakSwitchEvent, PeakSwitchRefusal>(
        calls, Regions.PeakSwitches, follows: true), IPeakSwitches;
#pragma warning restore SA1402
