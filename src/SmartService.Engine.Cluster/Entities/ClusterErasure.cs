using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Redis;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>Overwrites the past of erased entities: on the silo that hosts them, then in what gateways have of it in memory.</summary>
internal sealed class ClusterErasure : IJournalErasure
{
    private const string Channel = "scrubbed";
    private readonly FrozenDictionary<string, IScrubbing> _regions;
    private readonly RecentEvents _recent;
    private readonly RedisBus _bus;

    public ClusterErasure(IEnumerable<IScrubbing> regions, RecentEvents recent, RedisBus bus)
    {
        (_regions, _recent, _bus) = (regions.ToFrozenDictionary(r => r.Region, StringComparer.Ordinal), recent, bus);
        bus.Open(Channel, message => Forget(JsonSerializer.Deserialize<Scrubbed>(message)!));
    }

    public async ValueTask ScrubAsync(string region, EntityKey key, CancellationToken ct)
    {
        if (!_regions.TryGetValue(region, out var entities))
        {
            throw new ArgumentException($"'{region}' is no region.", nameof(region));
        }

        var scrubbed = new Scrubbed(region, key.Tenant.Value, key.Id, await entities.ScrubAsync(key, ct));
        Forget(scrubbed);
        _bus.Send(Channel, JsonSerializer.SerializeToUtf8Bytes(scrubbed));
    }

    private void Forget(Scrubbed s) => _recent.Scrub(s.Region, new(new(s.Tenant), s.Id), s.Version);

    private sealed record Scrubbed(string Region, string Tenant, string Id, long Version);
}
