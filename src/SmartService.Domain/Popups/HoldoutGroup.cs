namespace SmartService.Domain.Popups;

/// <summary>Draws the customers that never see popups, so that their effect can be measured. The draw depends on tenant and
/// customer only: it is the same in every process, on every machine and after every restart.</summary>
public static class HoldoutGroup
{
    /// <param name="share">In [0, 1]; the draw has 2^53 steps.</param>
    public static bool Contains(TenantId tenant, CustomerId customer, double share) => Draw(tenant, customer) < share;

    /// <summary>The customer's number in [0, 1), evenly spread over customers.</summary>
    /// <remarks>FNV-1a over UTF-16 units (Fowler, Noll, Vo, RFC 9923), then the finaliser of MurmurHash3 (Appleby),
    /// because FNV alone leaves the high bits of short ids poorly mixed.</remarks>
    public static double Draw(TenantId tenant, CustomerId customer)
    {
        var hash = Add(Add(Add(14695981039346656037UL, tenant.Value), "/"), customer.Value);
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * 1099511628211UL;
            hash = (hash ^ (byte)(unit >> 8)) * 1099511628211UL;
        }

        return hash;
    }
}
