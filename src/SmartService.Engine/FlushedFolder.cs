using System.Runtime.InteropServices;

namespace SmartService.Engine;

/// <summary>Folders and names in them that survive a power loss: a file that is flushed may still be gone when its name is not.</summary>
public static partial class FlushedFolder
{
    private const int ReadOnly = 0;

    /// <summary>Told of each flush before it is done; for a drill's disk, which may make it fail.</summary>
    internal static Action<string>? Flushing { get; set; }

    /// <summary>Makes a folder with all above it, and flushes each name made.</summary>
    public static void Create(string path)
    {
        var made = new Stack<string>();
        for (var at = path; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            made.Push(at);
        }

        Directory.CreateDirectory(path);
        foreach (var folder in made)
        {
            Flush(Path.GetDirectoryName(folder)!);
        }
    }

    /// <summary>Flushes the names in a folder. Windows does so by itself, with the file.</summary>
    /// <exception cref="IOException">The system says that it could not.</exception>
    public static void Flush(string folder)
    {
        Flushing?.Invoke(folder);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            return; // A folder that may be entered but not read; nothing can be done from here.
        }

        var failed = Sync(handle) != 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = Close(handle);
        if (failed is not 0 and not InvalidArgument)
        {
            throw new IOException($"The folder {folder} could not be flushed: {Marshal.GetPInvokeErrorMessage(failed)}.");
        }
    }

    /// <summary>
    /// Gives a file its final name, unless there is one of that name: of many at once exactly one succeeds, also over a folder that containers share.
    /// The draft is gone in both cases.
    /// </summary>
    /// <remarks><see cref="File.Move(string, string, bool)"/> looks first and renames then on Unix; link(2) does both at once.</remarks>
    /// <exception cref="IOException">The system says that it could not.</exception>
    public static bool TryName(string draft, string file)
    {
        var linked = !OperatingSystem.IsWindows() && Link(draft, file) == 0;
        if (!linked && (OperatingSystem.IsWindows() || Marshal.GetLastPInvokeError() is not Exists))
        {
            // Windows, which does not rename over a file, or a file system without links.
            try
            {
                File.Move(draft, file, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(file))
            {
                // Someone else was first.
            }
        }

        File.Delete(draft);
        return linked;
    }

    private const int InvalidArgument = 22; // Some file systems flush no folders.
    private const int Exists = 17;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
