using System.Collections.Concurrent;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Tests.InMemory;

internal sealed class MemorySnapshots : ISnapshots
{
    private readonly ConcurrentDictionary<StreamKey, StoredSnapshot> _kept = new();

    /// <summary>The version that is kept; 0 for none.</summary>
    public long VersionOf(StreamKey key) => _kept.GetValueOrDefault(key)?.Version ?? 0;

    public ValueTask<StoredSnapshot?> LoadAsync(StreamKey key, CancellationToken ct) => new(_kept.GetValueOrDefault(key));

    public void Offer(StreamKey key, long version, string schema, Func<byte[]> encode) => _kept[key] = new(version, schema, encode());
}
