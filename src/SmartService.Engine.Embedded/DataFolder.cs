namespace SmartService.Engine.Embedded;

/// <summary>The data folder, held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string Journal => JournalIn(Path);

    public string Index => System.IO.Path.Combine(Path, "index.db");

    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints.db");

    /// <summary>Files that the journal only names, such as tenants' own models. They never change once written.</summary>
    public static string CompanionsIn(string folder) => System.IO.Path.Combine(folder, "models");

    /// <summary>Whether another process holds the folder now.</summary>
    public static bool IsHeld(string folder) => HeldFile.IsHeld(System.IO.Path.Combine(folder, "lock"));

    public static string JournalIn(string folder) => System.IO.Path.Combine(folder, "journal.db");

    /// <exception cref="DataFolderException">Another process holds it, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            FlushedFolder.Create(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(full, e);
        }

        try
        {
            // Held by the system for as long as the process lives: after a crash nothing is left to clear away.
            return new(full, new(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(full, e);
        }
        catch (IOException e) when (File.Exists(System.IO.Path.Combine(full, "lock")))
        {
            throw new DataFolderException(
                $"The data folder {full} is in use by another process. Stop that one, or choose another folder with --data DIR.", e);
        }
        catch (IOException e)
        {
            throw Unwritable(full, e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static DataFolderException Unwritable(string path, Exception e) => new(
        $"The data folder {path} cannot be written. Give this user the right to write it, or choose another folder with --data DIR.", e);
}
