using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Learning;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.Assistance.Tests.World;

internal sealed class TenantLedger(MemoryJournal journal)
    : Ledger<TenantDecider, TenantState, TenantCommand, TenantEvent, TenantRefusal>("tenant", journal), ITenants;

internal sealed class CustomerLedger(MemoryJournal journal)
    : Ledger<CustomerDecider, CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal>("customer", journal), ICustomers;

internal sealed class ConversationLedger(MemoryJournal journal)
    : Ledger<ConversationDecider, ConversationState, ConversationCommand, ConversationEvent, ConversationRefusal>("conversation", journal), IConversations;

internal sealed class KnowledgeLedger(MemoryJournal journal)
    : Ledger<KnowledgeDecider, KnowledgeState, KnowledgeCommand, KnowledgeEvent, KnowledgeRefusal>("knowledge", journal), IKnowledge;

internal sealed class LearningLedger(MemoryJournal journal)
    : Ledger<LearningDecider, LearningState, LearningCommand, LearningEvent, LearningRefusal>("learning", journal), ILearnings;

internal sealed class OrderLedger(MemoryJournal journal)
    : Ledger<OrderDecider, OrderState, OrderCommand, OrderEvent, OrderRefusal>("order", journal), IOrders;
