namespace SmartService.ReadModels.Storage;

internal sealed class TimelineTable(ReadModelWriter writer)
{
    private readonly Statement _insert = writer.Prepare(
        "INSERT INTO timeline (position, tenant, customer, at, kind, entity, text, json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 8);

    private readonly Statement _own = writer.Prepare("UPDATE timeline SET customer = $3 WHERE tenant = $1 AND entity = $2 AND customer IS NULL", 3);

    public void Add(TimelineItem item) =>
        _insert.Run(item.Position, item.Tenant, item.Customer, item.At, item.Kind, item.Entity, item.Text, item.Json);

    /// <summary>A parcel was scanned before its order was placed: now it is known whose it is.</summary>
    public void Own(string tenant, string entity, string customer) => _own.Run(tenant, entity, customer);
}
