using Orleans.Concurrency;
using Orleans.Placement;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;

namespace SmartService.Engine.Cluster.Grains;

#pragma warning disable SA1402 // One line each: the grains of the product.
[Alias("smartservice.customer")]
public interface ICustomerGrain : IEntityGrain;

[Alias("smartservice.conversation")]
public interface IConversationGrain : IEntityGrain;

[Alias("smartservice.tenant")]
public interface ITenantGrain : IEntityGrain;

[Alias("smartservice.knowledge")]
public interface IKnowledgeGrain : IEntityGrain;

[Alias("smartservice.learning")]
public interface ILearningGrain : IEntityGrain;

[Alias("smartservice.order")]
public interface IOrderGrain : IEntityGrain;

[Alias("smartservice.peak")]
public interface IPeakSwitchGrain : IEntityGrain;

/// <summary>On the silo that is talked to: a gateway sends all that concerns one customer to the same silo.</summary>
[Reentrant]
[PreferLocalPlacement]
[GrainType("customer")]
internal sealed class CustomerGrain(IServiceProvider services)
    : EntityGrain<CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>(services), ICustomerGrain;

[Reentrant]
[PreferLocalPlacement]
[GrainType("conversation")]
internal sealed class ConversationGrain(IServiceProvider services)
    : EntityGrain<ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>(services), IConversationGrain;

/// <summary>Spread by chance, so that no silo collects the large stores.</summary>
[Reentrant]
[RandomPlacement]
[GrainType("tenant")]
internal sealed class TenantGrain(IServiceProvider services)
    : EntityGrain<TenantDecider, TenantState, TenantCommand, TenantEvent, TenantRefusal>(services), ITenantGrain;

[Reentrant]
[RandomPlacement]
[GrainType("knowledge")]
internal sealed class KnowledgeGrain(IServiceProvider services)
    : EntityGrain<KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>(services), IKnowledgeGrain;

[Reentrant]
[RandomPlacement]
[GrainType("learning")]
internal sealed class LearningGrain(IServiceProvider services)
    : EntityGrain<LearningDecider, LearningState, LearningCommand, LearningEvent, LearningRefusal>(services), ILearningGrain;

[Reentrant]
[PreferLocalPlacement]
[GrainType("order")]
internal sealed class OrderGrain(IServiceProvider services)
    : EntityGrain<OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>(services), IOrderGrain;

[Reentrant]
[RandomPlacement]
[GrainType("peak")]
internal sealed class PeakSwitchGrain(IServiceProvider services)
    : EntityGrain<PeakSwitchDecider, PeakSwitchState, PeakSwitchCommand, PeakSwitchEvent, PeakSwitchRefusal>(services), IPeakSwitchGrain;
#pragma warning restore SA1402
