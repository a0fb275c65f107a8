using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using SmartService.Engine.Limits;

namespace SmartService.Engine.Cluster.Redis;

/// <summary>Tells other gateways five times a second what was taken from limits here.</summary>
internal sealed class RedisTakes : BackgroundService, ISharedTakes
{
    private const string Channel = "takes";
    private const int MostAtOnce = 10_000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly RedisBus _bus;
    private ConcurrentDictionary<(string Limit, string Caller), int> _taken = new();

    public RedisTakes(RedisBus bus)
    {
        _bus = bus;
        bus.Open(Channel, Hear);
    }

    public event Action<string, string, int>? Heard;

    public void Took(string limit, string caller)
    {
        // With Redis away each gateway counts for itself; and who crowds this table escapes nothing but being told of.
        if (_bus.IsConnected && _taken.Count < MostAtOnce)
        {
            _taken.AddOrUpdate((limit, caller), 1, static (_, count) => count + 1);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_taken.IsEmpty)
            {
                var taken = Interlocked.Exchange(ref _taken, new());
                _bus.Send(Channel, JsonSerializer.SerializeToUtf8Bytes(new Taken(_self, [.. taken.Select(t => new Take(t.Key.Limit, t.Key.Caller, t.Value))])));
            }
        }
    }

    private void Hear(byte[] message)
    {
        var taken = JsonSerializer.Deserialize<Taken>(message)!;
        if (taken.From == _self)
        {
            return;
        }

        foreach (var take in taken.Takes)
        {
            Heard?.Invoke(take.Limit, take.Caller, take.Count);
        }
    }

    private sealed record Taken(string From, Take[] Takes);

    private sealed record Take(string Limit, string Caller, int Count);
}
