using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Checkpoints;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Embedded.Reminders;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded;

/// <summary>Reads through everything in a data folder that no engine holds, and names what is not as it was written.</summary>
public static class EmbeddedCheck
{
    private const int MostFindings = 100;

    /// <summary>All findings, at most 100 a file; the first of the journal comes first. Takes a moment for each million events.</summary>
    /// <exception cref="DataFolderException">There is no data, or a process holds it.</exception>
    public static IReadOnlyList<DataFinding> Run(string dataDirectory)
    {
        if (!File.Exists(DataFolder.JournalIn(dataDirectory)))
        {
            throw new DataFolderException($"There is no data in {Path.GetFullPath(dataDirectory)}. Name the data folder with --data DIR.");
        }

        using var folder = DataFolder.Open(dataDirectory);
        var findings = new List<DataFinding>();
        if (WalCheck.Fault(folder.Journal + "-wal") is { } torn)
        {
            // Opened, SQLite would drop what cannot be read any more.
            findings.Add(new("journal.db-wal", torn, IsMadeAnew: false));
            return findings;
        }

        Guarded(findings, "journal.db", isMadeAnew: false, found => CheckJournal(folder.Journal, found));
        Guarded(findings, "index.db", isMadeAnew: true, found => CheckIndex(folder, found));
        Guarded(findings, "checkpoints.db", isMadeAnew: true, found => CheckCheckpoints(folder.Checkpoints, found));
        return findings;
    }

    private static void Guarded(List<DataFinding> findings, string file, bool isMadeAnew, Action<List<string>> check)
    {
        var found = new List<string>();
        try
        {
            check(found);
        }
        catch (Exception e) when (e is SqliteException or JournalException or DataFormatException or FormatException or InvalidCastException)
        {
            found.Add(e.Message);
        }

        findings.AddRange(found.Take(MostFindings).Select(what => new DataFinding(file, what, isMadeAnew)));
    }

    private static void CheckJournal(string path, List<string> found)
    {
        using var connection = Database.OpenForReading(path);
        JournalFormat.Check(connection);
        Structure(connection, found);
        var last = CheckRecords(connection, found);
        if (JournalTail.Fault(connection, last) is { } tail)
        {
            found.Add(tail);
        }

        using var reminders = new ReminderReader(path);
        reminders.Earliest(int.MaxValue);
        if (ReminderTable.Fault(connection) is { } table)
        {
            found.Add(table);
        }
    }

    private static void Structure(SqliteConnection connection, List<string> found)
    {
        if (Database.Scalar(connection, "PRAGMA integrity_check(1)") is string said && said != "ok")
        {
            found.Add(said.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Every record by its own checksum, and none missing; returns the last position.</summary>
    private static long CheckRecords(SqliteConnection connection, List<string> found)
    {
        using var all = new Statement(connection, "SELECT position, record FROM entry ORDER BY position");
        var expected = 1L;
        while (found.Count < MostFindings && all.Step())
        {
            var position = all.Int64(0);
            var record = all.Blob(1);
            if (position != expected)
            {
                found.Add($"the record at position {expected} is missing");
            }

            if (!RecordHeader.IsIntact(record, position))
            {
                found.Add($"the record at position {position} is not as it was written");
                expected = position + 1;
                continue;
            }

            expected = position + RecordHeader.Count(record);
        }

        all.Reset();
        return expected - 1;
    }

    private static void CheckIndex(DataFolder folder, List<string> found)
    {
        if (!File.Exists(folder.Index))
        {
            return;
        }

        using (var connection = Database.OpenForReading(folder.Index))
        {
            Structure(connection, found);
            if (IndexFile.SealFault(connection) is { } seal)
            {
                found.Add(seal);
                return;
            }
        }

        using var reader = new IndexReader(folder.Index);
        reader.EachChain(_ => true);
        found.AddRange(reader.DamagedSnapshots());
    }

    private static void CheckCheckpoints(string path, List<string> found)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var connection = Database.OpenForReading(path);
        Structure(connection, found);
        found.AddRange(SqliteCheckpoints.Damaged(connection));
    }
}
