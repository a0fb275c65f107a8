using Microsoft.Data.Sqlite;

namespace SmartService.Backoffice.Members;

/// <summary>members.db inside a backup. The file itself may be in the middle of a write; a copy of it is whole.</summary>
public static class MembersCopy
{
    private const string Folder = "members";

    /// <summary>Lays a copy beside what a backup takes along. Disposing takes it away again.</summary>
    /// <param name="companions">Folder whose files a backup carries.</param>
    public static IDisposable? Lay(string data, string companions)
    {
        var source = Path.Combine(data, SqliteMembers.FileName);
        if (!File.Exists(source))
        {
            return null;
        }

        var copy = Path.Combine(companions, Folder, SqliteMembers.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Delete(copy);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, DefaultTimeout = 30, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $copy";
        command.Parameters.AddWithValue("$copy", copy);
        command.ExecuteNonQuery();
        return new Laid(Path.GetDirectoryName(copy)!);
    }

    /// <summary>Puts what a restored backup brought where it belongs.</summary>
    public static void Take(string data, string companions)
    {
        var copy = Path.Combine(companions, Folder, SqliteMembers.FileName);
        if (!File.Exists(copy))
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(copy, Path.Combine(data, SqliteMembers.FileName), overwrite: false);
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    private sealed class Laid(string folder) : IDisposable
    {
        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
