using SmartService.Engine;

namespace SmartService.ReadModels;

internal sealed class ReadModelFollower(ReadModelProcess process) : IJournalFollower
{
    public string Name => "read-models";

    public bool TakesLargeBatches => true;

    public bool RunsOnEveryNode => true; // Its tables are a file of this machine.

    public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct) => process.ProjectAsync(events, ct);
}
