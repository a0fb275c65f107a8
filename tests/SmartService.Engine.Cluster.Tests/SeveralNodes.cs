using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine.Contract;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>Several members of one cluster, in one process but over their sockets, their database and Redis. Those a test leaves running stop after it.</summary>
public abstract class SeveralNodes : IAsyncDisposable
{
    private readonly TestStore _store = new();
    private readonly List<ClusterUnderTest> _nodes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            await node.DisposeAsync();
        }

        await _store.DeleteAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<string> DatabaseAsync() => _store.DatabaseAsync();

    private protected async Task<ClusterUnderTest> StartAsync(string node, ClusterRole role, TestRedis? redis = null, Action<IServiceCollection>? services = null)
    {
        var started = await ClusterUnderTest.StartAsync(
            await DatabaseAsync(), new EngineSettings { Services = services }, o => (o.Node, o.Role, o.Redis) = (node, role, redis?.Address ?? ""));
        _nodes.Add(started);
        return started;
    }

    private protected async Task StopAsync(ClusterUnderTest node)
    {
        _nodes.Remove(node);
        await node.DisposeAsync();
    }
}
