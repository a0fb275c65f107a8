using Orleans.Concurrency;

namespace SmartService.Benchmarks.Cluster;

/// <summary>The reference for every call to an entity: a grain that does nothing.</summary>
[Alias("smartservice.bench.echo")]
public interface IEchoGrain : IGrainWithIntegerKey
{
    Task PingAsync();

    Task<byte[]> EchoAsync(byte[] bytes);

    /// <summary>What the runtime of the grain's silo has spent.</summary>
    Task<RuntimeCost> SpentAsync();

    /// <summary>Bytes that live on the grain's silo, after collecting what does not.</summary>
    Task<long> WeighAsync();
}

[Reentrant]
internal sealed class EchoGrain : Grain, IEchoGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public Task<byte[]> EchoAsync(byte[] bytes) => Task.FromResult(bytes);

    public Task<RuntimeCost> SpentAsync() => Task.FromResult(RuntimeCost.Now);

    public Task<long> WeighAsync() => Task.FromResult(GC.GetTotalMemory(forceFullCollection: true));
}
