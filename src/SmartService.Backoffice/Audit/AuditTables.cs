namespace SmartService.Backoffice.Audit;

/// <summary>The log's table. Nothing changes or deletes a record, not even by mistake: triggers refuse.</summary>
internal static class AuditTables
{
    public const string Create =
        """
        CREATE TABLE IF NOT EXISTS audit (
          tenant TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL, actor TEXT NOT NULL, name TEXT,
          action TEXT NOT NULL, target TEXT, summary TEXT, address TEXT, previous TEXT NOT NULL, hash TEXT NOT NULL,
          PRIMARY KEY (tenant, number)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """;
}
