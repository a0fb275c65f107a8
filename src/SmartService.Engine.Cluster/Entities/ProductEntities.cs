using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Entities;

#pragma warning disable SA1402 // One line each: the regions of the product.
internal sealed class Tenants(ClusterCalls calls)
    : ClusterEntities<ITenantGrain, TenantState, TenantCommand, TenantEvent, TenantRefusal>(calls, Regions.Tenants, remembers: true), ITenants;

internal sealed class Customers(ClusterCalls calls)
    : ClusterEntities<ICustomerGrain, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>(calls, Regions.Customers, remembers: false), ICustomers;

internal sealed class Conversations(ClusterCalls calls)
    : ClusterEntities<IConversationGrain, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>(
        calls, Regions.Conversations, remembers: false), IConversations;

internal sealed class Knowledge(ClusterCalls calls)
    : ClusterEntities<IKnowledgeGrain, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>(calls, Regions.Knowledge, remembers: true), IKnowledge;

internal sealed class Learnings(ClusterCalls calls)
    : ClusterEntities<ILearningGrain, LearningState, LearningCommand, LearningEvent, LearningRefusal>(calls, Regions.Learnings, remembers: true), ILearnings;

internal sealed class Orders(ClusterCalls calls)
    : ClusterEntities<IOrderGrain, OrderState, OrderCommand, OrderEvent, OrderRefusal>(calls, Regions.Orders, remembers: false), IOrders;
#pragma warning restore SA1402
