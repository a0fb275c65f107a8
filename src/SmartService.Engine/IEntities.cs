using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Peak;
using SmartService.Domain.Tenants;

namespace SmartService.Engine;

/// <summary>All entities of one kind. Commands to one entity run one after another; entities run side by side.</summary>
public interface IEntities<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    /// <summary>Decides, journals and applies. When this returns, the events are on disk.</summary>
    /// <exception cref="EngineBusyException">A queue is full; nothing was written; retry after the time it names.</exception>
    /// <exception cref="JournalException">Writing failed; it says whether a retry with the same ids is safe.</exception>
    ValueTask<Reply<TEvent, TRefusal>> HandleAsync(EntityKey key, TCommand command, CancellationToken ct);

    /// <summary>
    /// As <see cref="HandleAsync"/>, for whoever comes by and will not come back: an import, or work behind it. An entity that only they call may leave memory
    /// before others do; one that anybody else calls, before or after, stays as long as ever. Fails as <see cref="HandleAsync"/> does.
    /// </summary>
    ValueTask<Reply<TEvent, TRefusal>> HandleInPassingAsync(EntityKey key, TCommand command, CancellationToken ct) => HandleAsync(key, command, ct);

    /// <summary>As <see cref="ReadAsync"/>, for whoever comes by; see <see cref="HandleInPassingAsync"/>.</summary>
    ValueTask<TState> ReadInPassingAsync(EntityKey key, CancellationToken ct) => ReadAsync(key, ct);

    /// <summary>The state after all acknowledged commands. Immutable; the initial state when nothing was ever written.</summary>
    ValueTask<TState> ReadAsync(EntityKey key, CancellationToken ct);

    /// <summary>
    /// The state with all that was acknowledged in this process, and with what others were told up to a moment ago: for a first look before a command, which
    /// is decided on the truth in any case. Cheaper where the entity is elsewhere.
    /// </summary>
    ValueTask<TState> ReadRecentAsync(EntityKey key, CancellationToken ct) => ReadAsync(key, ct);

    /// <summary>Handles a command and tells the state with it, in one call where the entity is elsewhere. Fails as <see cref="HandleAsync"/> does.</summary>
    async ValueTask<(Reply<TEvent, TRefusal> Reply, TState State)> HandleAndReadAsync(EntityKey key, TCommand command, CancellationToken ct) =>
        (await HandleAsync(key, command, ct), await ReadAsync(key, ct));
}

/// <summary>What became of a command.</summary>
/// <param name="Version">Number of events the entity has after it.</param>
/// <param name="Events">New events; empty when nothing changed or it was refused.</param>
public readonly record struct Reply<TEvent, TRefusal>(long Version, ImmutableArray<TEvent> Events, TRefusal? Refusal)
    where TRefusal : struct, Enum;

#pragma warning disable SA1402 // One line each: the regions of the product.
public interface ITenants : IEntities<TenantState, TenantCommand, TenantEvent, TenantRefusal>;

public interface ICustomers : IEntities<CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>;

public interface IConversations : IEntities<ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>;

public interface IKnowledge : IEntities<KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>;

public interface ILearnings : IEntities<LearningState, LearningCommand, LearningEvent, LearningRefusal>;

public interface IOrders : IEntities<OrderState, OrderCommand, OrderEvent, OrderRefusal>;

public interface IPeakSwitches : IEntities<PeakSwitchState, PeakSwitchCommand, PeakSwitchEvent, PeakSwitchRefusal>;
#pragma warning restore SA1402
