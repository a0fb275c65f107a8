using System.Runtime;

namespace SmartService.Benchmarks.Cluster;

/// <summary>What a runtime has spent beside the work itself.</summary>
/// <param name="Compiling">Seconds.</param>
/// <param name="Garbage">Bytes given out.</param>
[GenerateSerializer]
[Alias("smartservice.bench.runtime")]
public readonly record struct RuntimeCost([property: Id(0)] double Compiling, [property: Id(1)] long Garbage)
{
    public static RuntimeCost Now => new(JitInfo.GetCompilationTime().TotalSeconds, GC.GetTotalAllocatedBytes());

    public static RuntimeCost operator +(RuntimeCost a, RuntimeCost b) => new(a.Compiling + b.Compiling, a.Garbage + b.Garbage);
}
