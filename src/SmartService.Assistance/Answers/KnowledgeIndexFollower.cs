using SmartService.Domain.Knowledge;
using SmartService.Engine;

namespace SmartService.Assistance.Answers;

/// <summary>Rebuilds an index as soon as its tenant's knowledge changed, so that no shopper's question has to wait for it.</summary>
internal sealed class KnowledgeIndexFollower(KnowledgeIndexes indexes) : IJournalFollower
{
    public string Name => "knowledge-index";

    public bool RunsOnEveryNode => true; // Indexes are in memory.

    public bool Ignores(Type e) => !e.IsSubclassOf(typeof(KnowledgeEvent));

    public async ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        foreach (var tenant in events.Where(e => e.Region == Regions.Knowledge.Name).Select(e => e.Entity.Tenant).Distinct())
        {
            await indexes.RefreshAsync(tenant, ct);
        }
    }
}
