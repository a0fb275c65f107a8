using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

/// <summary>Rows of customers and entries of their timelines.</summary>
internal static class Shoppers
{
    /// <summary>The customer's row, made when this is the first that is heard of it.</summary>
    public static CustomerEntry Customer(this IReadModelTables tables, string tenant, string id, DateTimeOffset at) =>
        tables.Customers.Find((tenant, id)) ?? tables.Customers.Add(
            (tenant, id), new() { Tenant = tenant, Id = id, FirstSeen = at.UtcTicks, LastSeen = at.UtcTicks });

    /// <summary>The customer did something.</summary>
    public static void Seen(this IReadModelTables tables, CustomerEntry customer, DateTimeOffset at)
    {
        if (at.UtcTicks > customer.LastSeen)
        {
            customer.LastSeen = at.UtcTicks;
            tables.Customers.Changed(customer);
        }
    }

    /// <summary>Writes the event into the customer's timeline; nothing is noted any more of one who was forgotten.</summary>
    public static void Note(this IReadModelTables tables, JournalledEvent e, string? customer)
    {
        var tenant = e.Entity.Tenant.Value;
        if (customer is null || tables.Customers.Find((tenant, customer)) is not { IsErased: true })
        {
            tables.AddToTimeline(e, customer);
        }
    }
}
