using System.Globalization;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Engine.Limits;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Limits;

/// <summary>
/// All rate limits, each in its own table so that one kind of caller cannot crowd out another. Where several gateways serve one
/// address, what was taken on the others counts too, as soon as it is heard of.
/// </summary>
internal sealed class RateLimits
{
    private readonly LimitOptions _options;
    private readonly ISharedTakes? _shared;
    private readonly TokenBuckets _addresses;
    private readonly TokenBuckets _refused;
    private readonly TokenBuckets _sessions;
    private readonly TokenBuckets _keys;
    private readonly TokenBuckets _shoppers;
    private readonly TokenBuckets _messages;

    public RateLimits(IOptions<LimitOptions> options, TimeProvider clock, ISharedTakes? shared = null)
    {
        (_options, _shared) = (options.Value, shared);
        (_addresses, _refused, _sessions) = (new(65_536, clock), new(16_384, clock), new(16_384, clock));
        (_keys, _shoppers, _messages) = (new(4_096, clock), new(65_536, clock), new(65_536, clock));
        if (shared is not null)
        {
            shared.Heard += Hear;
        }
    }

    public Problem? ForAddress(HttpContext context) =>
        Take("address", _addresses, Address(context), _options.AddressPerSecond, _options.AddressBurst);

    /// <summary>Counts a wrong credential.</summary>
    public Problem? ForRefused(HttpContext context) =>
        Take("address", _refused, Address(context), _options.RefusedPerSecond, _options.RefusedBurst, "refused");

    public Problem? ForSession(HttpContext context) =>
        Take("address", _sessions, Address(context), _options.SessionsPerSecond, _options.SessionsBurst, "session");

    public Problem? ForCaller(Caller caller) => caller.Scope == CallerScope.Shopper
        ? Take("shopper", _shoppers, caller.Credential, _options.ShopperPerSecond, _options.ShopperBurst)
        : Take("key", _keys, caller.Credential, _options.KeyPerSecond, _options.KeyBurst);

    /// <summary>A shopper's message, under the tenant's own policy.</summary>
    public Problem? ForMessage(TenantId tenant, CustomerId customer, TenantPolicy policy) => Take(
        "shopper", _messages, $"{tenant.Value}/{customer.Value}", policy.MessagesPerMinute / 60.0, policy.MessagesPerMinute,
        string.Create(CultureInfo.InvariantCulture, $"message:{policy.MessagesPerMinute}"));

    private Problem? Take(string what, TokenBuckets buckets, string caller, double perSecond, int burst, string? name = null)
    {
        var wait = buckets.Take(caller, perSecond, burst);
        if (wait == TimeSpan.Zero && perSecond > 0)
        {
            _shared?.Took(name ?? what, caller);
        }

        return Limit(what, wait);
    }

    private void Hear(string limit, string caller, int count)
    {
        switch (limit)
        {
            case "address":
                _addresses.Spend(caller, _options.AddressPerSecond, _options.AddressBurst, count);
                break;
            case "refused":
                _refused.Spend(caller, _options.RefusedPerSecond, _options.RefusedBurst, count);
                break;
            case "session":
                _sessions.Spend(caller, _options.SessionsPerSecond, _options.SessionsBurst, count);
                break;
            case "shopper":
                _shoppers.Spend(caller, _options.ShopperPerSecond, _options.ShopperBurst, count);
                break;
            case "key":
                _keys.Spend(caller, _options.KeyPerSecond, _options.KeyBurst, count);
                break;
            default:
                // A message: the tenant's own limit came with it.
                if (limit.StartsWith("message:", StringComparison.Ordinal) && int.TryParse(limit.AsSpan(8), CultureInfo.InvariantCulture, out var perMinute))
                {
                    _messages.Spend(caller, perMinute / 60.0, perMinute, count);
                }

                break;
        }
    }

    private static Problem? Limit(string what, TimeSpan wait) => wait > TimeSpan.Zero ? Problems.RateLimited(what, wait) : null;

    /// <summary>IPv6 callers own whole networks: they count by their /64.</summary>
    private static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return address.MapToIPv4().ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
