using SmartService.Domain;

namespace SmartService.Engine.Feeds;

/// <summary>What may be lost: who types now. Kept in memory, forgotten after moments.</summary>
public interface IPresence
{
    void Typing(TenantId tenant, CustomerId customer, bool typing);

    /// <summary>Whether the shopper typed within the last 5 seconds.</summary>
    bool IsTyping(TenantId tenant, CustomerId customer);
}
