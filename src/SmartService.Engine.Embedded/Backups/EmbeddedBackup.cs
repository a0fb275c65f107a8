using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded;

/// <summary>
/// Copies of the journal, taken while the engine runs, with the files it only names. That is all there is to save: index,
/// checkpoints and read models are made anew from it.
/// </summary>
public static class EmbeddedBackup
{
    /// <summary>Writes everything acknowledged before the call into one file. The engine may go on writing meanwhile.</summary>
    /// <param name="target">A file that does not exist yet; it appears whole or not at all.</param>
    /// <exception cref="DataFolderException">There is no data, or the target exists or cannot be written.</exception>
    public static Task BackupAsync(string dataDirectory, string target, CancellationToken ct = default) => Task.Run(
        () =>
        {
            var source = DataFolder.JournalIn(dataDirectory);
            RequireFile(source, $"There is no data in {Path.GetFullPath(dataDirectory)}. Name the data folder with --data DIR.");
            RequireAbsent(target, "It exists already; name a new file.");
            Copy(source, target, "backup", rename: false, copy => CompanionFiles.Pack(copy, DataFolder.CompanionsIn(dataDirectory)));
        },
        ct);

    /// <summary>Puts a backup into a data folder that holds none.</summary>
    /// <exception cref="DataFolderException">The backup is missing or damaged, or the folder has data or cannot be written.</exception>
    /// <exception cref="DataFormatException">The backup is of a format this program does not know.</exception>
    public static Task RestoreAsync(string source, string dataDirectory, CancellationToken ct = default) => Task.Run(
        () =>
        {
            RequireFile(source, $"There is no backup {source}.");
            using var folder = DataFolder.Open(dataDirectory);
            RequireAbsent(folder.Journal, "The folder has data; restore into an empty one.");
            Copy(source, folder.Journal, "restore", rename: true, copy => CompanionFiles.Unpack(copy, DataFolder.CompanionsIn(dataDirectory)));
        },
        ct);

    private static void Copy(string source, string target, string what, bool rename, Action<SqliteConnection> companions)
    {
        var partial = target + ".partial";
        try
        {
            File.Delete(partial);
            using (var from = Database.OpenForReading(source))
            using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString()))
            {
                to.Open();
                from.BackupDatabase(to);
                Database.Execute(to, "PRAGMA journal_mode=DELETE"); // One file, no companions.
                Check(to, what);
                companions(to);
                if (rename)
                {
                    JournalFormat.Rename(to);
                }
            }

            Flush(partial);
            File.Move(partial, target);
            FlushedFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(target))!);
        }
        catch (SqliteException e)
        {
            throw new DataFolderException($"The {what} to {target} failed: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The {what} to {target} failed: {e.Message} Choose a file that can be written.", e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Check(SqliteConnection copy, string what)
    {
        JournalFormat.Check(copy);
        if (Database.Scalar(copy, "PRAGMA integrity_check(1)") is not "ok")
        {
            throw new DataFolderException($"The {what} is damaged and was not kept. Use another backup.");
        }

        CheckRecords(copy, what);
    }

    /// <summary>Every record by its own checksum, and none missing.</summary>
    private static void CheckRecords(SqliteConnection copy, string what)
    {
        using var all = new Statement(copy, "SELECT position, record FROM entry ORDER BY position");
        try
        {
            var expected = 1L;
            while (all.Step())
            {
                var record = all.Blob(1);
                var position = all.Int64(0);
                if (position != expected || !RecordHeader.IsIntact(record, position))
                {
                    throw new DataFolderException($"The {what} is damaged at position {expected} and was not kept. Use another backup.");
                }

                expected = position + RecordHeader.Count(record);
            }
        }
        finally
        {
            all.Reset();
        }
    }

    private static void Flush(string path)
    {
        using var file = File.OpenWrite(path);
        file.Flush(flushToDisk: true);
    }

    private static void RequireFile(string path, string otherwise)
    {
        if (!File.Exists(path))
        {
            throw new DataFolderException(otherwise);
        }
    }

    private static void RequireAbsent(string path, string otherwise)
    {
        if (File.Exists(path))
        {
            throw new DataFolderException($"{path} cannot be written. {otherwise}");
        }
    }
}
