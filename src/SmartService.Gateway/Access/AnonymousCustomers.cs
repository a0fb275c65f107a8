using System.Security.Cryptography;
using SmartService.Domain;

namespace SmartService.Gateway.Access;

/// <summary>Customers the server made up for shoppers it does not know.</summary>
internal static class AnonymousCustomers
{
    public const string Prefix = "anon-";

    public static CustomerId Make() => new(Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));

    public static bool IsAnonymous(CustomerId customer) => customer.Value.StartsWith(Prefix, StringComparison.Ordinal);
}
