using System.Diagnostics;
using System.Globalization;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>A throwaway Redis that can be killed.</summary>
internal sealed class TestRedis : IAsyncDisposable
{
    private readonly int _port = TestPorts.Next();
    private Process? _process;

    public string Address => $"127.0.0.1:{_port}";

    public static async Task<TestRedis> StartAsync()
    {
        var redis = new TestRedis();
        await redis.StartAgainAsync();
        return redis;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "redis-server", ["--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--save", "", "--dir", Path.GetTempPath()])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("redis-server is missing: apt-get install redis-server. ./smart test does it.");
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept", StringComparison.Ordinal))
        {
        }

        _ = _process.StandardOutput.ReadToEndAsync();
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }
    }
}
