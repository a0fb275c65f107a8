using SmartService.Domain;

namespace SmartService.Gateway;

/// <summary>Keys of entities. The tenant always is the caller's.</summary>
internal static class Entity
{
    public static EntityKey Tenant(TenantId tenant) => new(tenant, tenant.Value);

    public static EntityKey Customer(TenantId tenant, CustomerId customer) => new(tenant, customer.Value);

    public static EntityKey Conversation(TenantId tenant, ConversationId conversation) => new(tenant, conversation.Value);

    public static EntityKey Order(TenantId tenant, OrderId order) => new(tenant, order.Value);

    public static EntityKey Knowledge(TenantId tenant) => new(tenant, "qna");
}
