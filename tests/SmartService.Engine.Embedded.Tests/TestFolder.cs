namespace SmartService.Engine.Embedded.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"smartservice-test-{Guid.NewGuid():N}");

    public Task DeleteAsync()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        return Task.CompletedTask;
    }
}
