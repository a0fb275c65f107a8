namespace SmartService.ReadModels.Storage;

internal sealed class CustomerTable(ReadModelWriter writer)
{
    private readonly Statement _read = writer.Prepare(
        "SELECT name, tier, locale, identified, first_seen, last_seen, orders, conversations, erased FROM customers WHERE tenant = ?1 AND id = ?2");

    private readonly Statement _write = writer.Prepare(
        """
        INSERT INTO customers (tenant, id, name, tier, locale, identified, first_seen, last_seen, orders, conversations, erased)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (tenant, id) DO UPDATE SET name = ?3, tier = ?4, locale = ?5, identified = ?6, first_seen = ?7, last_seen = ?8,
          orders = ?9, conversations = ?10, erased = ?11
        """);

    public RowCache<(string Tenant, string Id), CustomerEntry> Cache(int most) => new(most, Read, Write);

    private CustomerEntry? Read((string Tenant, string Id) key)
    {
        using var row = _read.Read(key.Tenant, key.Id);
        return !row.Read() ? null : new CustomerEntry
        {
            Tenant = key.Tenant,
            Id = key.Id,
            Name = row.TextOrNull(0),
            Tier = row.Int32(1),
            Locale = row.TextOrNull(2),
            Identified = row.Boolean(3),
            FirstSeen = row.Int64(4),
            LastSeen = row.Int64(5),
            Orders = row.Int32(6),
            Conversations = row.Int32(7),
            IsErased = row.Boolean(8),
        };
    }

    private void Write(CustomerEntry row) => _write.Run(
        row.Tenant, row.Id, row.Name, row.Tier, row.Locale, row.Identified, row.FirstSeen, row.LastSeen, row.Orders, row.Conversations, row.IsErased);
}
