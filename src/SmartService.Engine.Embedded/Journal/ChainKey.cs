using SmartService.Domain;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Names a chain of records: the history of an entity, or a customer's feed.</summary>
internal readonly record struct ChainKey(string Kind, string Tenant, string Id)
{
    private const string FeedKind = "feed";

    public static ChainKey Of(StreamKey key) => new(key.Region, key.Entity.Tenant.Value, key.Entity.Id);

    public static ChainKey OfFeed(TenantId tenant, CustomerId customer) => new(FeedKind, tenant.Value, customer.Value);
}
