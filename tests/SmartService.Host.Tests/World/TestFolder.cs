namespace SmartService.Host.Tests.World;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("smartservice-host-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Names of the files below whose bytes hold a text; a server may have them open.</summary>
    public List<string> FilesWith(string folder, string text)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(this[folder]).Where(f => Path.GetFileName(f) != "lock"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false); // A WAL may be cut while it is read.
            if (bytes.AsSpan(0, read).IndexOf(wanted) >= 0)
            {
                found.Add(Path.GetFileName(file));
            }
        }

        return found;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
