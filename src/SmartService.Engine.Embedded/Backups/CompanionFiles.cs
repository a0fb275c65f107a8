using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded;

/// <summary>Files beside the journal, carried inside a backup's one file and put back beside the restored journal.</summary>
internal static class CompanionFiles
{
    public static void Pack(SqliteConnection copy, string folder)
    {
        Database.Execute(copy, "CREATE TABLE companion(path TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID");
        if (!Directory.Exists(folder))
        {
            return;
        }

        using var insert = copy.CreateCommand();
        insert.CommandText = "INSERT INTO companion VALUES ($path, $content)";
        var (path, content) = (insert.Parameters.Add("$path", SqliteType.Text), insert.Parameters.Add("$content", SqliteType.Blob));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)))
        {
            try
            {
                content.Value = File.ReadAllBytes(file);
            }
            catch (FileNotFoundException)
            {
                continue; // Dropped meanwhile: the journal as copied before does not need it any more.
            }

            path.Value = Path.GetRelativePath(folder, file).Replace('\\', '/');
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Backups of older versions carry none.</summary>
    public static void Unpack(SqliteConnection copy, string folder)
    {
        if (Database.Scalar(copy, "SELECT 1 FROM sqlite_master WHERE name = 'companion'") is null)
        {
            return;
        }

        using (var read = copy.CreateCommand())
        {
            read.CommandText = "SELECT path, content FROM companion";
            using var rows = read.ExecuteReader();
            while (rows.Read())
            {
                Put(folder, rows.GetString(0), (byte[])rows.GetValue(1));
            }
        }

        Database.Execute(copy, "DROP TABLE companion");
    }

    private static void Put(string folder, string path, byte[] content)
    {
        var target = Path.GetFullPath(Path.Combine(folder, path));
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new DataFolderException($"The backup holds a file that would lie outside the data folder: {path}. Use another backup.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var file = new FileStream(target, FileMode.Create, FileAccess.Write);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
