using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Embedded;
using SmartService.Engine.Journal;

// Writes with many entities until it is killed. Prints "ready", then "entity version id" for every acknowledged command.
// Arguments: data folder, number of entities, number of the run.
var (folder, entities, run) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var builder = Host.CreateEmptyApplicationBuilder(new());
builder.Logging.SetMinimumLevel(LogLevel.None);
builder.Services.AddEmbeddedEngine(o =>
{
    o.DataDirectory = folder;
    o.SnapshotEvery = 20;
    o.IdleTime = TimeSpan.FromSeconds(1); // Entities leave memory and come back under load.
});
builder.Services.AddStoredEvents(Ledger.Events);
builder.Services.AddEmbeddedEntities<LedgerDecider, LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>(Ledger.Region);
using var host = builder.Build();
await host.StartAsync();
var ledgers = host.Services.GetRequiredService<IEntities<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>>();
var output = Console.Out;
await output.WriteLineAsync("ready");
await Task.WhenAll(Enumerable.Range(0, entities).Select(e => Task.Run(() => WriteAsync(e))));

async Task WriteAsync(int entity)
{
    var key = Ledger.Key($"e{entity}");
    for (var i = 0; ; i += 2)
    {
        // Two at once, so that the second is decided before the first is on disk.
        var (first, second) = ($"{run}-{i}", $"{run}-{i + 1}");
        var pair = (ledgers.HandleAsync(key, new LedgerCommand.Count(first), default).AsTask(),
            ledgers.HandleAsync(key, new LedgerCommand.Count(second), default).AsTask());
        Report(entity, first, await pair.Item1);
        Report(entity, second, await pair.Item2);
    }
}

void Report(int entity, string id, Reply<LedgerEvent, LedgerRefusal> reply) =>
    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entity} {reply.Version} {id}")); // Console.Out writes through, one line whole.
