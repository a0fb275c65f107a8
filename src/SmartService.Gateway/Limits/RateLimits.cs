using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Limits;

/// <summary>All rate limits, each in its own table so that one kind of caller cannot crowd out another.</summary>
internal sealed class RateLimits(IOptions<LimitOptions> options, TimeProvider clock)
{
    private readonly LimitOptions _options = options.Value;
    private readonly TokenBuckets _addresses = new(65_536, clock);
    private readonly TokenBuckets _refused = new(16_384, clock);
    private readonly TokenBuckets _sessions = new(16_384, clock);
    private readonly TokenBuckets _keys = new(4_096, clock);
    private readonly TokenBuckets _shoppers = new(65_536, clock);
    private readonly TokenBuckets _messages = new(65_536, clock);

    public Problem? ForAddress(HttpContext context) =>
        Limit("address", _addresses.Take(Address(context), _options.AddressPerSecond, _options.AddressBurst));

    /// <summary>Counts a wrong credential.</summary>
    public Problem? ForRefused(HttpContext context) =>
        Limit("address", _refused.Take(Address(context), _options.RefusedPerSecond, _options.RefusedBurst));

    public Problem? ForSession(HttpContext context) =>
        Limit("address", _sessions.Take(Address(context), _options.SessionsPerSecond, _options.SessionsBurst));

    public Problem? ForCaller(Caller caller) => caller.Scope == CallerScope.Shopper
        ? Limit("shopper", _shoppers.Take(caller.Credential, _options.ShopperPerSecond, _options.ShopperBurst))
        : Limit("key", _keys.Take(caller.Credential, _options.KeyPerSecond, _options.KeyBurst));

    /// <summary>A shopper's message, under the tenant's own policy.</summary>
    public Problem? ForMessage(TenantId tenant, CustomerId customer, TenantPolicy policy) =>
        Limit("shopper", _messages.Take($"{tenant.Value}/{customer.Value}", policy.MessagesPerMinute / 60.0, policy.MessagesPerMinute));

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
