using System.Globalization;
using System.Text;
using SmartService.Engine;
using SmartService.Engine.Journal;

namespace SmartService.Gateway.Access;

/// <summary>A small secret in a file that only the service's user may read.</summary>
internal static class SecretFile
{
    private const int SumLength = 8; // A power loss may leave the sum empty: that says nothing.

    /// <summary>Reads the file's text, or makes it with what <paramref name="make"/> returns. Two starts at once agree on one.</summary>
    /// <exception cref="SecretFileException">The file cannot be written or read.</exception>
    public static (string Text, bool Created) LoadOrCreate(string file, Func<string> make)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var exists = File.Exists(file);
        try
        {
            FlushedFolder.Create(folder);
            return exists ? (ReadChecked(file), false) : Create(file, make());
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
        // Written beside and linked into place: nobody ever reads half a secret. Two containers over one volume have the same process id.
        var draft = $"{file}.{Guid.NewGuid():n}.new";
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

        if (!FlushedFolder.TryName(draft, file))
        {
            return (Read(file), false);
        }

        File.WriteAllText(SumOf(file), Sum(text));
        FlushedFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return (text, true);
    }

    /// <summary>Whether the secret is as it was made; null when nobody wrote down how it was.</summary>
    public static bool? IsIntact(string file) =>
        File.Exists(file) && File.Exists(SumOf(file)) && File.ReadAllText(SumOf(file)).Trim() is { Length: SumLength } sum ? sum == Sum(Read(file)) : null;

    private static string ReadChecked(string file) => IsIntact(file) ?? true
        ? Read(file)
        : throw new SecretFileException($"{file} is not as it was made. Restore it; or, if you changed it yourself, delete {SumOf(file)}.");

    private static string SumOf(string file) => file + ".sum";

    /// <summary>Says nothing of a secret as long as these.</summary>
    private static string Sum(string text) => Crc32C.Of(0, Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture);

    private static string Read(string file) => File.ReadAllText(file).Trim();
}
