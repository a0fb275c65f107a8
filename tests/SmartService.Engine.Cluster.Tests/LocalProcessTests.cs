using System.Globalization;
using SmartService.Host.Cluster.Local;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>Which process a file of the local cluster means: it is signalled, also to end.</summary>
public sealed class LocalProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartservice-local-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Id_Started_IsFoundByItsFileUntilItEnds()
    {
        var process = new LocalProcess(_folder, "sleeper");
        await process.StartAsync("sleep", ["600"]);
        new LocalProcess(_folder, "sleeper").Id.ShouldBe(process.Id.ShouldNotBeNull());
        await process.StopAsync(TimeSpan.FromSeconds(10));
        process.Id.ShouldBeNull();
    }

    [Fact]
    public async Task Id_NumberIsAnotherProcessesByNow_DoesNotRun()
    {
        var process = new LocalProcess(_folder, "sleeper");
        await process.StartAsync("sleep", ["600"]);
        var file = Path.Combine(_folder, "run", "sleeper.pid");
        var before = await File.ReadAllTextAsync(file);
        try
        {
            await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{before.Split('\n')[1]}\n"));
            process.Id.ShouldBeNull();
        }
        finally
        {
            await File.WriteAllTextAsync(file, before);
            await process.StopAsync(TimeSpan.FromSeconds(10));
        }
    }
}
