using SmartService.Engine.Contract;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder : IEngineStore, IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"smartservice-test-{Guid.NewGuid():N}");

    public async Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => await EmbeddedUnderTest.StartAsync(Path, settings);

    public Task<bool> HoldsAsync(string text) => Task.FromResult(FilesWith(text).Count > 0);

    /// <summary>Names of the files whose bytes hold a text; an engine may have them open.</summary>
    public List<string> FilesWith(string text)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path).Where(f => System.IO.Path.GetFileName(f) != "lock"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false); // A WAL may be cut while it is read.
            if (bytes.AsSpan(0, read).IndexOf(wanted) >= 0)
            {
                found.Add(System.IO.Path.GetFileName(file));
            }
        }

        return found;
    }

    public Task DeleteAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
