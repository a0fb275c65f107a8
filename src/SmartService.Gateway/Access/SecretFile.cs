using System.Text;
using SmartService.Engine;

namespace SmartService.Gateway.Access;

/// <summary>A small secret in a file that only the service's user may read.</summary>
internal static class SecretFile
{
    /// <summary>Reads the file's text, or makes it with what <paramref name="make"/> returns. Two starts at once agree on one.</summary>
    /// <exception cref="SecretFileException">The file cannot be written or read.</exception>
    public static (string Text, bool Created) LoadOrCreate(string file, Func<string> make)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var exists = File.Exists(file);
        try
        {
            FlushedFolder.Create(folder);
            return exists ? (Read(file), false) : Create(file, make());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretFileException(
                exists
                    ? $"{file} cannot be read: {e.Message} Give this user the right to read it."
                    : $"The data folder {folder} cannot be written. Give this user the right to write it, or choose another folder with --data DIR.",
                e);
        }
    }

    private static (string Text, bool Created) Create(string file, string text)
    {
        // Written beside and linked into place: nobody ever reads half a secret.
        var draft = $"{file}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, file, overwrite: false);
            FlushedFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return (text, true);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
            return (Read(file), false);
        }
    }

    private static string Read(string file) => File.ReadAllText(file).Trim();
}
