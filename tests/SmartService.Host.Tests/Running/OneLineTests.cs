using System.Net;
using System.Net.Sockets;
using SmartService.Host.Commands;
using SmartService.Host.Running;

namespace SmartService.Host.Tests.Running;

/// <summary>What a person can mend is one line and exit code 1.</summary>
public sealed class OneLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("host-").FullName;

    [Fact]
    public async Task Run_PortInUse_NamesTheRemedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var line = await FailAsync(new(Urls: $"http://127.0.0.1:{port}", Data: _folder, Demo: false));
        line.ShouldBe($"smartservice: http://127.0.0.1:{port} is in use. Stop the other program, or choose another port with --port N.");
    }

    [Fact]
    public async Task Run_DataFolderIsAFile_NamesTheFolder()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        (await FailAsync(new(Port: 0, Data: file, Demo: false))).ShouldContain(file);
    }

    [Fact]
    public async Task Run_ClusterEngine_SaysThatItIsNotBuilt() =>
        (await FailAsync(new(Port: 0, Data: _folder, Engine: "cluster"))).ShouldStartWith("smartservice: The cluster engine is an executable of its own");

    [Fact]
    public void Explain_OurOwnFault_IsNotHidden() => OneLine.Explain(new InvalidOperationException("a bug")).ShouldBeNull();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> FailAsync(RunArguments arguments)
    {
        using var error = new StringWriter();
        (await OneLine.GuardAsync(error, () => ServerRun.RunAsync(arguments, TextWriter.Null, CancellationToken.None))).ShouldBe(1);
        return error.ToString().TrimEnd().ShouldNotContainAnyLineBreak();
    }
}

internal static class LineAssertions
{
    public static string ShouldNotContainAnyLineBreak(this string text)
    {
        text.ShouldNotContain("\n");
        return text;
    }
}
