using System.Globalization;
using SmartService.Host.Tests.World;

namespace SmartService.Host.Tests.Running;

/// <summary>What a start leaves behind and what it says, seen from outside the process.</summary>
[Collection(ProcessTests.Name)]
public sealed class StartTests : IDisposable
{
    /// <summary>The web server notices that the machine let it wait for a second: that says something of the machine.</summary>
    private const string LateHeartbeat = "Microsoft.AspNetCore.Server.Kestrel[22]";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_SaysNothingAlarmingAndWritesNothingOutsideTheDataFolder()
    {
        Directory.CreateDirectory(_folder["home"]);
        await using var host = await HostProcess.StartAsync(_folder["data"], _folder["home"]);
        var store = await host.OpenStoreAsync("shop");
        await store.OpenSessionAsync(host);
        host.Output.Where(line => line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal))
            .Where(line => !line.Contains(LateHeartbeat, StringComparison.Ordinal)).ShouldBeEmpty();
        Directory.GetFileSystemEntries(_folder["home"], "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_RunningServer_IsExitCode0AndElse1()
    {
        string address;
        await using (var host = await HostProcess.StartAsync(_folder["data"]))
        {
            address = host.Address.ToString();
            (await HostProcess.RunAsync("health", "--url", address)).ShouldBe((0, "ready\n", ""));
        }

        var (code, output, error) = await HostProcess.RunAsync("health", "--url", address);
        (code, output).ShouldBe((1, ""));
        error.TrimEnd().ShouldNotContainAnyLineBreak();
        error.ShouldContain("does not answer");
    }

    [Fact]
    public async Task Run_DataFolderWithoutWritePermission_IsOneLineAndExitCode1()
    {
        var folder = UnwritableFolder();
        var (code, output, error) = await HostProcess.RunAsync("run", "--port", "0", "--no-demo", "--data", folder);
        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.TrimEnd().ShouldBe(string.Create(
            CultureInfo.InvariantCulture,
            $"smartservice: The data folder {folder} cannot be written. Give this user the right to write it, or choose another folder with --data DIR."));
    }

    [Fact]
    public async Task Run_PortInUse_IsOneLineAndExitCode1()
    {
        await using var host = await HostProcess.StartAsync(_folder["data"]);
        var (code, output, error) = await HostProcess.RunAsync("run", "--urls", host.Address.ToString(), "--no-demo", "--data", _folder["other"]);
        (code, output).ShouldBe((1, ""));
        error.TrimEnd().ShouldNotContainAnyLineBreak();
        error.ShouldContain("is in use");
    }

    /// <summary>Root may write wherever files have owners; not even root makes files in /proc.</summary>
    private string UnwritableFolder() => Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()
        ? "/proc"
        : Directory.CreateDirectory(_folder["read-only"], UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;
}
