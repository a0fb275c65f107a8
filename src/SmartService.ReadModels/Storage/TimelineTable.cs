namespace SmartService.ReadModels.Storage;

internal sealed class TimelineTable(ReadModelWriter writer)
{
    private readonly Statement _insert = writer.Prepare(
        "INSERT INTO timeline (position, tenant, customer, at, kind, entity, text, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    private readonly Statement _own = writer.Prepare("UPDATE timeline SET customer = ?3 WHERE tenant = ?1 AND entity = ?2 AND customer IS NULL");

    /// <param name="customer">Null until the customer of an order is known.</param>
    /// <param name="json">The event's fields, UTF-8; read before this returns.</param>
    public void Add(
        long position, string tenant, string? customer, long at, string kind, string entity, string text, ReadOnlyMemory<byte> json) =>
        _insert.Run(position, tenant, customer, at, kind, entity, text, json);

    /// <summary>A parcel was scanned before its order was placed: now it is known whose it is.</summary>
    public void Own(string tenant, string entity, string customer) => _own.Run(tenant, entity, customer);
}
