using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine.Cluster.Journal;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>
/// Whether events are taken now, as one gateway sees it: it cannot write itself, but it reads the database that silos write, and it calls them.
/// </summary>
internal sealed class ClusterHealth(TailMark tail, ClusterLoad load, IServiceProvider services) : IJournalHealth
{
    /// <summary>A lost silo is found out and replaced in less; who waits longer waits for silos that are not there.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(10);

    public string? Fault => tail.Fault
        ?? services.GetService<JournalWriter>()?.Fault
        ?? (load.Silent > Unanswered ? "No silo answers." : null);
}
