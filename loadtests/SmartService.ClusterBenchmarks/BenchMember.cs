using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Cluster;

namespace SmartService.Benchmarks.Cluster;

/// <summary>A member of a cluster that keeps the product's entities and the echo beside them.</summary>
internal sealed class BenchMember : IAsyncDisposable
{
    private const string Ready = "ready";
    private readonly Process _silo;
    private readonly IHost _client;

    private BenchMember(Process silo, IHost client) => (_silo, _client) = (silo, client);

    public int SiloId => _silo.Id;

    public T Get<T>()
        where T : notnull => _client.Services.GetRequiredService<T>();

    /// <summary>Starts a silo in a process of its own, and its caller in this one.</summary>
    public static async Task<BenchMember> StartAsync(string database, string redis, int basePort)
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { typeof(BenchMember).Assembly.Location, "silo" }, RedirectStandardOutput = true };
        foreach (var (name, value) in Settings(database, redis, "bench-silo", basePort))
        {
            start.Environment[$"SmartService__Cluster__{name}"] = value;
        }

        var silo = Process.Start(start)!;
        while (await silo.StandardOutput.ReadLineAsync() is { } line && line != Ready)
        {
        }

        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(Settings(database, redis, "bench-gateway", basePort).Select(s => KeyValuePair.Create($"{ClusterOptions.Section}:{s.Name}", (string?)s.Value)));
        builder.AddClusterEngine(Options(builder.Configuration, ClusterRole.Gateway));
        var client = builder.Build();
        await client.StartAsync();
        return new(silo, client);
    }

    public static async Task RunSiloAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddSimpleConsole();
        builder.AddClusterEngine(Options(builder.Configuration, ClusterRole.Silo));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Ready);
        await host.WaitForShutdownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
        _silo.Kill();
        await _silo.WaitForExitAsync();
        _silo.Dispose();
    }

    private static ClusterOptions Options(ConfigurationManager configuration, ClusterRole role)
    {
        var options = new ClusterOptions { Role = role };
        configuration.GetSection(ClusterOptions.Section).Bind(options);
        return options;
    }

    private static IEnumerable<(string Name, string Value)> Settings(string database, string redis, string node, int basePort) =>
    [
        ("Database", database), ("Redis", redis), ("Name", "bench"), ("Node", node), ("Address", "127.0.0.1"),
        ("SiloPort", (basePort + 91).ToString(CultureInfo.InvariantCulture)), ("GatewayPort", (basePort + 92).ToString(CultureInfo.InvariantCulture)),
        ("CallTimeout", "00:00:30"), ("SilentFor", "00:01:00"), // What is measured is work, also where the processor is short.
    ];
}
