using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine;
using SmartService.Engine.Embedded;

namespace SmartService.Benchmarks;

/// <summary>The engine as the product runs it, over a folder that is thrown away.</summary>
internal sealed class BenchEngine : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchEngine(IHost host, string folder) => (_host, Folder) = (host, folder);

    public string Folder { get; }

    public IEntities<TallyState, TallyCommand, TallyEvent, TallyRefusal> Tallies => Get<IEntities<TallyState, TallyCommand, TallyEvent, TallyRefusal>>();

    public static async Task<BenchEngine> StartAsync(string folder, TimeSpan flushDelay = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddEmbeddedEngine(o =>
        {
            o.DataDirectory = folder;
            o.MostInMemory = 10_000_000;
            o.SnapshotEvery = 1_000;
            o.FlushDelay = flushDelay;
        });
        builder.Services.AddStoredEvents(Tally.Events);
        builder.Services.AddEmbeddedEntities<TallyDecider, TallyState, TallyCommand, TallyEvent, TallyRefusal>(Tally.Region);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, folder);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
