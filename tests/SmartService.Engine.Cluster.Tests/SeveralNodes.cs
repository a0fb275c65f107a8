using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine.Contract;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>Several members of one cluster, in one process but over their sockets, their database and Redis. Those a test leaves running stop after it.</summary>
public abstract class SeveralNodes : IAsyncLifetime
{
    private readonly TestStore _store = new();
    private readonly ConcurrentDictionary<string, (int Order, ClusterUnderTest Node)> _nodes = new(StringComparer.Ordinal);
    private int _started;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (_, node) in _nodes.Values.OrderByDescending(n => n.Order))
        {
            await node.DisposeAsync();
        }

        await _store.DeleteAsync();
    }

    private protected Task<string> DatabaseAsync() => _store.DatabaseAsync();

    private protected ClusterUnderTest Node(string name) => _nodes[name].Node;

    private protected async Task<ClusterUnderTest> StartAsync(
        string node, ClusterRole role, TestRedis? redis = null, Action<IServiceCollection>? services = null, TimeProvider? clock = null)
    {
        var started = await ClusterUnderTest.StartAsync(
            await DatabaseAsync(), new EngineSettings { Services = services, Clock = clock }, o => (o.Node, o.Role, o.Redis) = (node, role, redis?.Address ?? ""));
        _nodes[node] = (Interlocked.Increment(ref _started), started);
        return started;
    }

    private protected async Task StopAsync(ClusterUnderTest node)
    {
        _nodes.TryRemove(_nodes.Single(n => n.Value.Node == node));
        await node.DisposeAsync();
    }
}
