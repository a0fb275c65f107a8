namespace SmartService.ReadModels.Storage;

internal sealed class TenantTable(ReadModelWriter writer)
{
    private readonly Statement _insert = writer.Prepare("INSERT OR IGNORE INTO tenants (id, name, locale, created_at) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement _update = writer.Prepare("UPDATE tenants SET name = ?2, locale = ?3 WHERE id = ?1");

    public void Add(string id, string name, string locale, long createdAt) => _insert.Run(id, name, locale, createdAt);

    public void Change(string id, string name, string locale) => _update.Run(id, name, locale);
}
