namespace SmartService.ReadModels.Storage;

/// <summary>Whose order it is.</summary>
internal sealed class OrderTable(ReadModelWriter writer)
{
    private readonly Statement _insert = writer.Prepare("INSERT OR IGNORE INTO orders (tenant, id, customer) VALUES (?1, ?2, ?3)");
    private readonly Statement _read = writer.Prepare("SELECT customer FROM orders WHERE tenant = ?1 AND id = ?2");

    /// <returns>False when it was known.</returns>
    public bool Add(string tenant, string order, string customer) => _insert.Run(tenant, order, customer) > 0;

    public string? CustomerOf(string tenant, string order)
    {
        using var row = _read.Read(tenant, order);
        return row.Read() ? row.TextOrNull(0) : null;
    }
}
