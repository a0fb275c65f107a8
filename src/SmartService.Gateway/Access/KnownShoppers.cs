using System.Collections.Concurrent;

namespace SmartService.Gateway.Access;

/// <summary>
/// Shoppers by their token. A token that was checked lately is not checked again until it expires: nothing else ends one, and a shopper
/// sends the same token with each call. Bounded: when full, all are forgotten and checked anew.
/// </summary>
internal sealed class KnownShoppers
{
    /// <summary>Tokens remembered at once.</summary>
    public const int Most = 16_384;

    private readonly ShopperTokens _tokens;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Caller> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Caller>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private int _count;

    public KnownShoppers(ShopperTokens tokens, TimeProvider clock)
    {
        (_tokens, _clock) = (tokens, clock);
        _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _known.Count;

    /// <returns>Null when the token is not ours, altered or expired.</returns>
    public Caller? Find(ReadOnlySpan<char> token)
    {
        if (_bySpan.TryGetValue(token, out var known))
        {
            return known.ExpiresAt > _clock.GetUtcNow() ? known : null;
        }

        var text = token.ToString();
        if (_tokens.Read(text) is not { } pass)
        {
            return null;
        }

        if (Interlocked.Increment(ref _count) > Most)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }

        var caller = new Caller(
            CallerScope.Shopper, pass.Tenant, pass.Customer, $"{pass.Tenant.Value}/{pass.Customer.Value}", pass.ExpiresAt, pass.IsIdentified);
        return _known.GetOrAdd(text, caller);
    }
}
