using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.ReadModels.Projections;

namespace SmartService.ReadModels.Storage;

/// <summary>
/// Who was part of which event. What an entry says is read from the journal when it is shown (<see cref="Queries.TimelineWords"/>): it lies beside
/// these tables, and few entries are ever shown. Only forecasts are kept with their fields, which figures look into.
/// </summary>
internal sealed class TimelineTable(ReadModelWriter writer)
{
    private readonly Statement _insert = writer.Prepare(
        "INSERT INTO timeline (position, tenant, customer, at, kind, entity, text, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7)");

    private readonly Statement _own = writer.Prepare("UPDATE timeline SET customer = ?3 WHERE tenant = ?1 AND entity = ?2 AND customer IS NULL");

    /// <param name="customer">Null until the customer of an order is known.</param>
    public void Add(JournalledEvent e, string? customer) => _insert.Run(
        e.Position, e.Entity.Tenant.Value, customer, e.At.UtcTicks, e.Kind, TimelineItem.EntityOf(e),
        e.Event is CustomerEvent.ForecastMade ? TimelineJson.Of(e.Event) : "");

    /// <summary>A parcel was scanned before its order was placed: now it is known whose it is.</summary>
    public void Own(string tenant, string entity, string customer) => _own.Run(tenant, entity, customer);
}
