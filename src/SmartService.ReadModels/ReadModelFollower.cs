using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels;

internal sealed class ReadModelFollower(ReadModelProcess process, IReadModelStore store) : IJournalFollower
{
    public string Name => "read-models";

    public bool TakesLargeBatches => true;

    public bool RunsOnEveryNode => !store.IsShared;

    public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct) => process.ProjectAsync(events, ct);
}
