namespace SmartService.ReadModels.Storage;

internal sealed class ConversationTable(ReadModelWriter writer)
{
    private readonly Statement _read = writer.Prepare(
        """
        SELECT customer, locale, mode, agent, open, handed_off, messages, last_text, opened_at, last_at, score, assignee,
          handed_off_at, person_at
        FROM conversations WHERE tenant = ?1 AND id = ?2
        """);

    private readonly Statement _write = writer.Prepare(
        """
        INSERT INTO conversations (tenant, id, customer, locale, mode, agent, open, handed_off, messages, last_text, opened_at, last_at, score,
          assignee, handed_off_at, person_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        ON CONFLICT (tenant, id) DO UPDATE SET customer = ?3, locale = ?4, mode = ?5, agent = ?6, open = ?7, handed_off = ?8, messages = ?9,
          last_text = ?10, opened_at = ?11, last_at = ?12, score = ?13, assignee = ?14, handed_off_at = ?15, person_at = ?16
        """);

    public RowCache<(string Tenant, string Id), ConversationEntry> Cache(int most) => new(most, Read, Write);

    private ConversationEntry? Read((string Tenant, string Id) key)
    {
        using var row = _read.Read(key.Tenant, key.Id);
        return !row.Read() ? null : new ConversationEntry
        {
            Tenant = key.Tenant,
            Id = key.Id,
            Customer = row.Text(0),
            Locale = row.Text(1),
            Mode = row.Int32(2),
            Agent = row.TextOrNull(3),
            IsOpen = row.Boolean(4),
            WasHandedOff = row.Boolean(5),
            Messages = row.Int32(6),
            LastText = row.TextOrNull(7),
            OpenedAt = row.Int64(8),
            LastAt = row.Int64(9),
            Score = row.Int32OrNull(10),
            Assignee = row.TextOrNull(11),
            HandedOffAt = row.Int64OrNull(12),
            PersonAt = row.Int64OrNull(13),
        };
    }

    private void Write(ConversationEntry row) => _write.Run(
        row.Tenant, row.Id, row.Customer, row.Locale, row.Mode, row.Agent, row.IsOpen, row.WasHandedOff, row.Messages, row.LastText,
        row.OpenedAt, row.LastAt, row.Score, row.Assignee, row.HandedOffAt, row.PersonAt);
}
