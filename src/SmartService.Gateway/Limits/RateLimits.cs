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
    private const string MessagesOf = "message:";

    private readonly ISharedTakes? _shared;
    private readonly Table _addresses;
    private readonly Table _refused;
    private readonly Table _sessions;
    private readonly Table _keys;
    private readonly Table _shoppers;
    private readonly TokenBuckets _messages;

    public RateLimits(IOptions<LimitOptions> options, TimeProvider clock, ISharedTakes? shared = null)
    {
        var o = options.Value;
        _shared = shared;
        _addresses = new("address", new(65_536, clock), o.AddressPerSecond, o.AddressBurst);
        _refused = new("refused", new(16_384, clock), o.RefusedPerSecond, o.RefusedBurst);
        _sessions = new("session", new(16_384, clock), o.SessionsPerSecond, o.SessionsBurst);
        _keys = new("key", new(4_096, clock), o.KeyPerSecond, o.KeyBurst);
        _shoppers = new("shopper", new(65_536, clock), o.ShopperPerSecond, o.ShopperBurst);
        _messages = new(65_536, clock);
        if (shared is not null)
        {
            shared.Heard += Hear;
        }
    }

    public Problem? ForAddress(HttpContext context) => TakeAddress(_addresses, context);

    /// <summary>Counts a wrong credential.</summary>
    public Problem? ForRefused(HttpContext context) => TakeAddress(_refused, context);

    public Problem? ForSession(HttpContext context) => TakeAddress(_sessions, context);

    public Problem? ForCaller(Caller caller) => caller.Scope == CallerScope.Shopper
        ? Take("shopper", _shoppers, caller.Credential)
        : Take("key", _keys, caller.Credential);

    /// <summary>A shopper's message, under the tenant's own policy.</summary>
    public Problem? ForMessage(Caller shopper, TenantPolicy policy)
    {
        var (perSecond, burst) = MessageRate(policy.MessagesPerMinute);
        var wait = _messages.Take(shopper.Credential, perSecond, burst);
        if (wait == TimeSpan.Zero && perSecond > 0)
        {
            // The tenant's own limit goes with it: who hears of it need not know the policy.
            _shared?.Took(string.Create(CultureInfo.InvariantCulture, $"{MessagesOf}{policy.MessagesPerMinute}"), shopper.Credential);
        }

        return Limit("shopper", wait);
    }

    private static (double PerSecond, int Burst) MessageRate(int perMinute) => (perMinute / 60.0, perMinute);

    private Problem? TakeAddress(Table table, HttpContext context) => table.PerSecond > 0 ? Take("address", table, Address(context)) : null;

    /// <param name="what">Of whom a refusal speaks.</param>
    private Problem? Take(string what, Table table, string caller)
    {
        var wait = table.Buckets.Take(caller, table.PerSecond, table.Burst);
        if (wait == TimeSpan.Zero && table.PerSecond > 0)
        {
            _shared?.Took(table.Name, caller);
        }

        return Limit(what, wait);
    }

    private void Hear(string limit, string caller, int count)
    {
        if (new[] { _addresses, _refused, _sessions, _keys, _shoppers }.FirstOrDefault(table => table.Name == limit) is { } known)
        {
            known.Buckets.Spend(caller, known.PerSecond, known.Burst, count);
        }
        else if (limit.StartsWith(MessagesOf, StringComparison.Ordinal) && int.TryParse(limit.AsSpan(MessagesOf.Length), CultureInfo.InvariantCulture, out var perMinute))
        {
            var (perSecond, burst) = MessageRate(perMinute);
            _messages.Spend(caller, perSecond, burst, count);
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

        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return address.ToString(); // Remembered by the address, which its connection keeps.
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    /// <summary>One limit: who has how much of it left.</summary>
    /// <param name="Name">As other gateways know it.</param>
    private sealed record Table(string Name, TokenBuckets Buckets, double PerSecond, int Burst);
}
