using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.ReadModels.Storage;

/// <summary>
/// A checksum of the read models' file, written beside it when it was closed in good order and taken away when it is opened. A bit that flipped in
/// between is noticed, and the file made anew from the journal; it holds nothing that the journal does not.
/// </summary>
/// <remarks>After a crash there is no seal: then SQLite's own check finds a damaged structure, not a changed letter.</remarks>
internal static class ReadModelSeal
{
    /// <summary>Larger files are not read through at the start.</summary>
    private const long MostBytes = 1L << 30;
    private const long MostBytesToCheck = 64L << 20;

    /// <summary>Whether the file is as it was closed; takes the seal away.</summary>
    public static bool Holds(string file)
    {
        var seal = SealOf(file);
        if (!File.Exists(file))
        {
            File.Delete(seal);
            return true;
        }

        var holds = Fault(file) is null;
        File.Delete(seal);
        return holds;
    }

    /// <summary>What is wrong with the file, or null; leaves the seal.</summary>
    public static string? Fault(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        return !File.Exists(SealOf(file)) ? FaultInStructure(file)
            : new FileInfo(file).Length > MostBytes || File.ReadAllText(SealOf(file)) == Sum(file) ? null
            : "it is not as it was closed";
    }

    /// <summary>Seals a file that is closed; one that has a log of writes left is not.</summary>
    public static void Write(string file)
    {
        if (File.Exists(file) && new FileInfo(file).Length <= MostBytes && (!File.Exists(file + "-wal") || new FileInfo(file + "-wal").Length == 0))
        {
            File.WriteAllText(SealOf(file), Sum(file));
        }
    }

    private static string SealOf(string file) => file + ".seal";

    private static string? FaultInStructure(string file)
    {
        if (new FileInfo(file).Length > MostBytesToCheck)
        {
            return null;
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA quick_check(1)";
            return check.ExecuteScalar() as string is { } said && said != "ok" ? said : null;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    private static string Sum(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var (crc, length) = (0u, 0L);
        var buffer = new byte[1 << 20];
        for (int read; (read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; length += read)
        {
            crc = Crc32C.Of(crc, buffer.AsSpan(0, read));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{length} {crc:x8}");
    }
}
