using System.Net;
using System.Net.Sockets;

namespace SmartService.Backoffice.Webhooks;

/// <summary>Which addresses a webhook may reach. A merchant names the address; it must not be one inside the operator's own network (OWASP, "Server-Side Request Forgery Prevention").</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Closed =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
    ];

    /// <summary>Of IPv6 only what is given out to the world, and of that nothing that carries an IPv4 address within.</summary>
    private static readonly IPNetwork[] Open6 = [IPNetwork.Parse("2000::/3")];
    private static readonly IPNetwork[] Closed6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(Closed, network => network.Contains(address));
        }

        if (Translated.Contains(address))
        {
            var bytes = address.GetAddressBytes();
            return IsPublic(new IPAddress(bytes.AsSpan(12)));
        }

        return Array.Exists(Open6, network => network.Contains(address)) && !Array.Exists(Closed6, network => network.Contains(address));
    }
}
