using System.Text;
using SmartService.Domain;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Names a chain of records: the history of an entity, or a customer's feed.</summary>
internal readonly record struct ChainKey(string Kind, string Tenant, string Id)
{
    private const string FeedKind = "feed";

    /// <summary>Bytes that <see cref="WriteName"/> takes at most.</summary>
    public int LongestName => Encoding.UTF8.GetMaxByteCount(Kind.Length + Tenant.Length + Id.Length) + 2;

    public static ChainKey Of(StreamKey key) => new(key.Region, key.Entity.Tenant.Value, key.Entity.Id);

    /// <summary>Kind, tenant and id with slashes between them, in UTF-8: what checksums and <see cref="KnownChains"/> call the chain.</summary>
    /// <returns>Bytes written.</returns>
    public int WriteName(Span<byte> to)
    {
        var at = Encoding.UTF8.GetBytes(Kind, to);
        to[at++] = (byte)'/';
        at += Encoding.UTF8.GetBytes(Tenant, to[at..]);
        to[at++] = (byte)'/';
        return at + Encoding.UTF8.GetBytes(Id, to[at..]);
    }

    public static ChainKey OfFeed(TenantId tenant, CustomerId customer) => new(FeedKind, tenant.Value, customer.Value);
}
